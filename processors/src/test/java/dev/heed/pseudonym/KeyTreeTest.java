package dev.heed.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Outgoing;
import dev.heed.out.PseudonymKey;
import dev.heed.text.KeyRefused;
import dev.heed.text.KeyRing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTreeTest {
    private static final long PATH = 0x8000000000000001L;

    /** Computed by another program: 64 times HMAC-SHA256 of one byte, then of the id. */
    @Test
    void aLeafIsTheKeyedHashOfItsBitsOneAfterTheOther() {
        byte[] leaf = KeyTree.leaf(Prefix.ROOT, root(), PATH);

        assertThat(HexFormat.of().formatHex(leaf))
                .isEqualTo("ef37e157e6fe54300b9060408854b2bb5c709135fd96898bdb871a08f4f7d85b");
        assertThat(KeyTree.pseudonym(leaf, "kim"))
                .isEqualTo("fadc1bdab9463febb41ef0ee0958c12b2a8e5d7fc1942116b66e7b1e992f1679");
        assertThat(KeyTree.path("seed".getBytes(StandardCharsets.UTF_8), "kim")).isEqualTo(0xbd48993c9f2e5ba4L);
    }

    /** By hand: the path ends in 01; beside its last two steps are ...1 at depth 63 and ...00 at depth 64. */
    @Test
    void theSiblingsOfAPathAreWhatItDoesNotGoThrough() {
        Prefix above = Prefix.of(PATH, 62);
        byte[] secret = KeyTree.child(root(), 1);

        assertThat(KeyTree.siblings(above, secret, PATH))
                .containsOnlyKeys(Prefix.of(PATH | 2, 63), Prefix.of(PATH & ~1L, 64))
                .containsEntry(Prefix.of(PATH | 2, 63), KeyTree.child(secret, 1))
                .containsEntry(Prefix.of(PATH & ~1L, 64), KeyTree.child(KeyTree.child(secret, 0), 0));
        assertThat(KeyTree.siblings(Prefix.of(PATH, Prefix.PATH), secret, PATH)).isEmpty();
        assertThat(KeyTree.siblings(Prefix.ROOT, root(), PATH)).hasSize(Prefix.PATH);
    }

    @Test
    void aPlaceIsReadAsItWasWrittenAndNothingElseIsOne() {
        for (Prefix place : List.of(Prefix.ROOT, Prefix.of(PATH, 1), Prefix.of(PATH, 64), Prefix.drawn(PATH))) {
            assertThat(Prefix.parse(place.text())).contains(place);
        }
        assertThat(Prefix.of(PATH, 1).text()).isEqualTo("01-8000000000000000");
        for (String other : List.of("", "heartbeat", "splits", "01-80000000000000zz", "1--8000000000000000")) {
            assertThat(Prefix.parse(other)).isEmpty();
        }
    }

    @Test
    void whoHasNotReadTheLastSplitWouldMakeAGivenUpNodeKnownAgain() {
        KeyRing ring = KeyRing.ofThisProcess();
        KnownKeys late = new KnownKeys(ring);
        KnownKeys current = new KnownKeys(ring);
        Outgoing root = late.record(Prefix.ROOT, root());
        Outgoing erased = late.record(Prefix.drawn(PATH), late.draw());
        List.of(root, erased).forEach(each -> {
            late.read(each.key(), (PseudonymKey) each.value());
            current.read(each.key(), (PseudonymKey) each.value());
        });
        String old = KeyTree.pseudonym(KeyTree.leaf(Prefix.ROOT, root(), PATH), "kim");
        current.due(1).get(0).records(current).forEach(each -> current.read(each.key(), (PseudonymKey) each.value()));
        Outgoing count = KnownKeys.splitsMade(1);
        current.read(count.key(), (PseudonymKey) count.value());

        assertThat(current.hasRead(1)).isTrue();
        assertThat(current.due(1)).isEmpty();
        assertThat(late.hasRead(1)).as("so it keeps still").isFalse();
        assertThat(late.again("", 1))
                .as("what it would write")
                .extracting(Outgoing::key)
                .containsExactly(root.key());
        assertThat(current.all()).hasSize(Prefix.PATH + 1).doesNotContainKey(Prefix.ROOT);
        assertThat(current.pseudonym(PATH, "kim", null)).isNotEqualTo(old);
    }

    @Test
    void anotherKeyEncryptionKeyOpensNothing() {
        KnownKeys mine = new KnownKeys(KeyRing.ofThisProcess());
        Outgoing root = mine.record(Prefix.ROOT, root());

        assertThatThrownBy(() -> new KnownKeys(KeyRing.ofThisProcess()).read(root.key(), (PseudonymKey) root.value()))
                .isInstanceOf(KeyRefused.class);
        assertThatThrownBy(() -> mine.read(Prefix.of(PATH, 1).text(), (PseudonymKey) root.value()))
                .isInstanceOf(KeyRefused.class);
        assertThatThrownBy(() -> mine.pseudonym(PATH, "kim", null)).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] root() {
        byte[] root = new byte[32];
        for (int i = 0; i < root.length; i++) {
            root[i] = (byte) i;
        }
        return root;
    }
}
