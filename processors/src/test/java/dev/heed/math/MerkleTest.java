package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTest {
    @Test
    void matchesTheReference() {
        JsonNode vector = SharedFiles.json("reference/vectors/merkle.json");
        List<byte[]> leaves = new ArrayList<>();
        for (JsonNode entry : vector.get("leaves")) {
            leaves.add(Merkle.leaf(entry.asText().getBytes(StandardCharsets.UTF_8)));
        }
        MerkleFrontier frontier = MerkleFrontier.empty();
        for (int size = 0; size <= leaves.size(); size++) {
            String expected =
                    vector.get("roots_by_size").get(String.valueOf(size)).asText();
            assertThat(hex(Merkle.root(leaves.subList(0, size)))).isEqualTo(expected);
            assertThat(hex(frontier.root())).isEqualTo(expected);
            frontier = size < leaves.size() ? frontier.append(leaves.get(size)) : frontier;
        }
        for (Map.Entry<String, JsonNode> proof : vector.get("inclusion").properties()) {
            List<String> expected = new ArrayList<>();
            proof.getValue().forEach(hash -> expected.add(hash.asText()));
            assertThat(Merkle.inclusionProof(leaves, Integer.parseInt(proof.getKey())))
                    .extracting(MerkleTest::hex)
                    .isEqualTo(expected);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static List<byte[]> leaves(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> Merkle.leaf(new byte[] {(byte) i}))
                .toList();
    }

    @Test
    void everyLeafOfEveryTreeIsProvenAndNoOther() {
        for (int size = 1; size <= 20; size++) {
            List<byte[]> leaves = leaves(size);
            byte[] root = Merkle.root(leaves);
            for (int i = 0; i < size; i++) {
                List<byte[]> proof = Merkle.inclusionProof(leaves, i);
                for (int at = -1; at <= size; at++) {
                    assertThat(MerkleProof.includes(leaves.get(i), at, size, proof, root))
                            .isEqualTo(at == i);
                }
                assertThat(MerkleProof.includes(Merkle.leaf(new byte[] {99}), i, size, proof, root))
                        .isFalse();
                assertThat(MerkleProof.includes(leaves.get(i), i, size, longer(proof), root))
                        .isFalse();
            }
        }
    }

    @Test
    void everyEarlierTreeIsProvenAndNoForgery() {
        for (int size = 0; size <= 20; size++) {
            List<byte[]> leaves = leaves(size);
            byte[] root = Merkle.root(leaves);
            for (int old = 0; old <= size; old++) {
                List<byte[]> proof = Merkle.consistencyProof(leaves, old);
                byte[] oldRoot = Merkle.root(leaves.subList(0, old));
                assertThat(MerkleProof.extendsTree(old, oldRoot, size, root, proof))
                        .as("%d of %d", old, size)
                        .isTrue();
                byte[] forged = Merkle.leaf(new byte[] {99});
                assertThat(MerkleProof.extendsTree(old, forged, size, root, proof))
                        .isFalse();
                assertThat(MerkleProof.extendsTree(old, oldRoot, size, root, longer(proof)))
                        .isFalse();
                if (old > 0 && old < size) {
                    assertThat(MerkleProof.extendsTree(old, oldRoot, size, forged, proof))
                            .isFalse();
                    assertThat(MerkleProof.extendsTree(old, oldRoot, size, root, proof.subList(1, proof.size())))
                            .isFalse();
                }
            }
        }
    }

    private static List<byte[]> longer(List<byte[]> proof) {
        List<byte[]> longer = new ArrayList<>(proof);
        longer.add(new byte[Merkle.HASH_BYTES]);
        return longer;
    }

    @Test
    void aFrontierGoesOnFromWhatWasStored() {
        List<byte[]> leaves = leaves(1000);
        MerkleFrontier frontier = MerkleFrontier.empty();
        for (byte[] leaf : leaves) {
            frontier = new MerkleFrontier(frontier.size(), new ArrayList<>(frontier.peaks())).append(leaf);
        }
        assertThat(frontier.root()).isEqualTo(Merkle.root(leaves));
        assertThat(frontier.peaks()).hasSize(Long.bitCount(1000));
        assertThatThrownBy(() -> new MerkleFrontier(5, List.of())).hasMessageContaining("0 peaks for 5 leaves");
    }

    @Test
    void proofsOfWhatIsNotThereAreRefused() {
        assertThatThrownBy(() -> Merkle.inclusionProof(leaves(3), 3)).hasMessageContaining("leaf 3 of 3");
        assertThatThrownBy(() -> Merkle.consistencyProof(leaves(3), 4)).hasMessageContaining("old size 4 of 3");
    }
}
