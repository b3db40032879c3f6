package dev.heed.bench;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.heed.core.Channel;
import dev.heed.event.Dataset;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.math.DatasetTree;
import dev.heed.math.MerkleFrontier;
import dev.heed.out.ClassCount;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.PartitionCut;
import dev.heed.out.Provenance;
import dev.heed.runner.dataset.DatasetTopics;
import dev.heed.text.ContentKeys;
import dev.heed.text.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A version of preference, out of nothing: its topics are made while they are read, so that they take no memory of their
 * own. Rows come in no order of their ids.
 */
final class MadeVersion implements DatasetTopics {
    private static final String CLASS_NAME = "first";
    private static final List<String> PARTS = List.of(ContentKeys.PROMPT, "chosen", "rejected");
    /** A prime above every number of rows, so that its multiples come by all rows. */
    private static final long STRIDE = 15_485_863;

    private final KeyRing ring = KeyRing.ofThisProcess();
    private final int rows;
    private final int textBytes;

    /**
     * @param rows to 10 million
     * @param textBytes of each row: half in its prompt, a quarter in each answer
     */
    MadeVersion(int rows, int textBytes) {
        this.rows = rows;
        this.textBytes = textBytes;
    }

    DatasetVersion version() {
        MerkleFrontier[] tree = {MerkleFrontier.empty()};
        deltas((partition, delta) -> tree[0] = tree[0].append(DatasetTree.delta(
                delta.getRowId(),
                delta.getRevision(),
                delta.getOp().name(),
                delta.getSplit().name(),
                delta.getRowHash())));
        String root = HexFormat.of().formatHex(tree[0].root());
        return DatasetVersion.newBuilder()
                .setDataset("preference")
                .setVersion(1)
                .setRoot(DatasetTree.root(List.of(DatasetTree.cut(0, rows, root))))
                .setRows(rows)
                .setSealedAtMs(0)
                .setCuts(List.of(PartitionCut.newBuilder()
                        .setPartition(0)
                        .setDeltas(rows)
                        .setRoot(root)
                        .setRows(rows)
                        .setHoldoutRows(0)
                        .build()))
                .setClasses(List.of(new ClassCount(CLASS_NAME, (long) rows, 0L)))
                .build();
    }

    @Override
    public void versions(Consumer<DatasetVersion> reader) {
        reader.accept(version());
    }

    @Override
    public void deltas(BiConsumer<Integer, Delta> reader) {
        for (int i = 0; i < rows; i++) {
            reader.accept(0, delta(interaction(i)));
        }
    }

    private String interaction(int place) {
        return "interaction-%08d".formatted(place * STRIDE % rows);
    }

    private static Delta delta(String interaction) {
        return Delta.newBuilder()
                .setRowId(interaction + "|better|preference")
                .setDataset(Dataset.PREFERENCE)
                .setOp(RowOp.ADD)
                .setRevision(1)
                .setInteractionId(interaction)
                .setQuestionId("better")
                .setClassName(CLASS_NAME)
                .setSplit(Split.TRAIN)
                .setPromptKey(ContentKeys.of(interaction, PARTS.get(0)))
                .setChosenKey(ContentKeys.of(interaction, PARTS.get(1)))
                .setRejectedKey(ContentKeys.of(interaction, PARTS.get(2)))
                .setRowHash("0".repeat(64))
                .setCause("judged")
                .setProvenance(new Provenance(
                        List.of(interaction, interaction + "-label"),
                        List.of("rater-1", "rater-2"),
                        1,
                        900_000L,
                        1,
                        "r1",
                        1L,
                        List.of("model"),
                        List.of("model-1"),
                        List.of("template-1")))
                .setDecidedAtMs(0)
                .setPromptCluster(interaction)
                .build();
    }

    @Override
    public void contentKeys(BiConsumer<String, @Nullable ContentKey> reader) {
        for (int i = 0; i < rows; i++) {
            for (String part : PARTS) {
                String name = ContentKeys.of(interaction(i), part);
                reader.accept(name, ring.wrap(dataKey(name), name));
            }
        }
    }

    @Override
    public void contents(BiConsumer<String, @Nullable Content> reader) {
        for (int i = 0; i < rows; i++) {
            for (String part : PARTS) {
                String name = ContentKeys.of(interaction(i), part);
                boolean isPrompt = part.equals(ContentKeys.PROMPT);
                String text = text(name, isPrompt ? textBytes / 2 : textBytes / 4);
                String kept = isPrompt ? "[{\"role\":\"user\",\"content\":\"" + text + "\"}]" : text;
                String encoding = "aes256gcm/" + (isPrompt ? "json" : "text");
                reader.accept(name, new Content(interaction(i), part, encoding, ByteBuffer.wrap(seal(name, kept))));
            }
        }
    }

    /** Of digits, so that files are about half as long as texts. */
    private static String text(String name, int length) {
        byte[] bytes = new byte[length / 2];
        new SplittableRandom(name.hashCode()).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] dataKey(String name) {
        byte[] key = new byte[KeyRing.KEY_BYTES];
        new SplittableRandom(~name.hashCode()).nextBytes(key);
        return key;
    }

    private static byte[] seal(String name, String text) {
        try {
            return new AesGcmJce(dataKey(name))
                    .encrypt(text.getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("text " + name + " of " + Channel.CONTENTS + " could not be sealed", e);
        }
    }

    @Override
    public KeyRing keyRing() {
        return ring;
    }
}
