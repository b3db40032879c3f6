package dev.heed.runner.dataset;

import dev.heed.core.Outgoing;
import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
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
import dev.heed.text.ContentKeys;
import dev.heed.text.KeyRing;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A history of rows and texts that a seed gives, with a version cut somewhere in it. */
final class RandomVersion implements DatasetTopics {
    private static final int PARTITIONS = 3;
    private static final int INTERACTIONS = 30;
    private static final int DELTAS = 120;
    /** In the order of their bytes in UTF-8 the last two are the other way round. */
    private static final List<String> NAMES = List.of("a", "b|", "\ud83d\ude00", "\uff5e");

    /** One record of a topic. */
    record Logged<T>(int partition, String key, @Nullable T value) {}

    final List<Logged<Delta>> deltas = new ArrayList<>();
    final List<Logged<Content>> contents = new ArrayList<>();
    final List<Logged<ContentKey>> contentKeys = new ArrayList<>();
    final DatasetVersion version;

    private final KeyRing ring = KeyRing.ofThisProcess();
    private final TextVault vault = new SealedTextVault(ring);
    private final Random random;
    private final Map<String, Delta> standing = new TreeMap<>();

    RandomVersion(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i < INTERACTIONS; i++) {
            texts(i);
        }
        List<MerkleFrontier> trees = new ArrayList<>(List.of(MerkleFrontier.empty()));
        while (trees.size() < PARTITIONS) {
            trees.add(MerkleFrontier.empty());
        }
        for (int i = 0; i < DELTAS; i++) {
            change(trees);
        }
        this.version = seal(trees);
        for (int i = 0; i < DELTAS / 2; i++) {
            change(trees);
        }
    }

    /** The interaction's texts. Some come twice, some are erased, and of some the key and the text are not of one writing. */
    private void texts(int i) {
        String prompt = "[{\"role\": \"user\", \"content\": \"why " + random.nextInt(INTERACTIONS / 2) + "\"}"
                + (random.nextInt(5) == 0 ? ",{\"role\": \"user\", \"content\": \"well\"}]" : "]");
        text(i, ContentKeys.PROMPT, TextVault.JSON, prompt);
        text(i, "chosen", TextVault.TEXT, "good " + "g".repeat(random.nextInt(3_000)));
        text(i, "rejected", TextVault.TEXT, "bad " + random.nextInt());
    }

    private void text(int i, String part, String encoding, String text) {
        String name = ContentKeys.of(id(i), part);
        List<Outgoing> kept = vault.keep(id(i), part, encoding, text.getBytes(StandardCharsets.UTF_8));
        contentKeys.add(
                new Logged<>(i % PARTITIONS, name, (ContentKey) kept.get(0).value()));
        contents.add(new Logged<>(i % PARTITIONS, name, (Content) kept.get(1).value()));
        switch (random.nextInt(20)) {
            case 0 -> contentKeys.add(new Logged<>(i % PARTITIONS, name, null));
            case 1 -> contents.add(new Logged<>(i % PARTITIONS, name, null));
            case 2 -> contents.remove(contents.size() - 1);
            case 3 -> text(i, part, encoding, text + " "); // Newly kept.
            case 4 ->
                contentKeys.add(new Logged<>(i % PARTITIONS, name, (ContentKey)
                        vault.keep(id(i), part, encoding, new byte[0]).get(0).value()));
            default -> {
                // Kept once.
            }
        }
    }

    private static String id(int i) {
        return NAMES.get(i % NAMES.size()) + i;
    }

    private void change(List<MerkleFrontier> trees) {
        int i = random.nextInt(INTERACTIONS);
        Dataset dataset = random.nextInt(5) == 0 ? Dataset.SFT : Dataset.PREFERENCE;
        boolean retract = random.nextInt(3) == 0;
        Delta delta = Delta.newBuilder()
                .setRowId(id(i) + "|q|" + DatasetNames.of(dataset))
                .setDataset(dataset)
                .setOp(retract ? RowOp.RETRACT : RowOp.ADD)
                .setRevision(deltas.size())
                .setInteractionId(id(i))
                .setQuestionId("q")
                .setClassName("class " + random.nextInt(3))
                .setSplit(random.nextInt(4) == 0 ? Split.HOLDOUT : Split.TRAIN)
                .setPromptKey(ContentKeys.of(id(i), ContentKeys.PROMPT))
                .setChosenKey(ContentKeys.of(id(i), "chosen"))
                .setRejectedKey(ContentKeys.of(id(i), "rejected"))
                .setRowHash("hash " + random.nextInt())
                .setCause("cause " + random.nextInt(3))
                .setProvenance(new Provenance(
                        List.of("e" + i), List.of("ann"), 1, 900_000L, 1, "r1", 1L, List.of(), List.of(), List.of()))
                .setDecidedAtMs(1L)
                .setPromptCluster("cluster " + random.nextInt(INTERACTIONS / 2))
                .build();
        deltas.add(new Logged<>(i % PARTITIONS, delta.getRowId(), delta));
        if (dataset != Dataset.PREFERENCE) {
            return;
        }
        trees.set(
                i % PARTITIONS,
                trees.get(i % PARTITIONS)
                        .append(DatasetTree.delta(
                                delta.getRowId(),
                                delta.getRevision(),
                                delta.getOp().name(),
                                delta.getSplit().name(),
                                delta.getRowHash())));
        if (retract) {
            standing.remove(delta.getRowId());
        } else {
            standing.put(delta.getRowId(), delta);
        }
    }

    private DatasetVersion seal(List<MerkleFrontier> trees) {
        List<PartitionCut> cuts = new ArrayList<>();
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            String root = HexFormat.of().formatHex(trees.get(i).root());
            cuts.add(PartitionCut.newBuilder()
                    .setPartition(i)
                    .setDeltas(trees.get(i).size())
                    .setRoot(root)
                    .setRows(0)
                    .setHoldoutRows(0)
                    .build());
            leaves.add(DatasetTree.cut(i, trees.get(i).size(), root));
        }
        List<ClassCount> classes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "class " + i;
            if (standing.values().stream().anyMatch(row -> row.getClassName().equals(name))) {
                classes.add(new ClassCount(name, count(name, Split.TRAIN), count(name, Split.HOLDOUT)));
            }
        }
        return DatasetVersion.newBuilder()
                .setDataset("preference")
                .setVersion(1)
                .setRoot(DatasetTree.root(leaves))
                .setRows(classes.stream().mapToLong(ClassCount::getRows).sum())
                .setHoldoutRows(
                        classes.stream().mapToLong(ClassCount::getHoldoutRows).sum())
                .setSealedAtMs(1L)
                .setCuts(cuts)
                .setClasses(classes)
                .build();
    }

    private long count(String className, Split split) {
        return standing.values().stream()
                .filter(row -> row.getClassName().equals(className) && row.getSplit() == split)
                .count();
    }

    /** The topics again, their partitions read in another order. */
    void readInAnotherOrder() {
        mix(deltas);
        mix(contents);
        mix(contentKeys);
    }

    private <T> void mix(List<Logged<T>> topic) {
        List<List<Logged<T>>> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            int partition = i;
            partitions.add(new ArrayList<>(
                    topic.stream().filter(each -> each.partition() == partition).toList()));
        }
        topic.clear();
        while (partitions.stream().anyMatch(each -> !each.isEmpty())) {
            List<Logged<T>> next = partitions.get(random.nextInt(PARTITIONS));
            if (!next.isEmpty()) {
                topic.add(next.remove(0));
            }
        }
    }

    /** The text of a key by the last that its topics say, as long as it can be read. */
    byte @Nullable [] open(String name) {
        Content content = last(contents, name);
        return content == null ? null : vault.open(content, last(contentKeys, name));
    }

    private static <T> @Nullable T last(List<Logged<T>> topic, String key) {
        T last = null;
        for (Logged<T> each : topic) {
            last = each.key().equals(key) ? each.value() : last;
        }
        return last;
    }

    @Override
    public void versions(Consumer<DatasetVersion> reader) {
        reader.accept(version);
    }

    @Override
    public void deltas(BiConsumer<Integer, Delta> reader) {
        deltas.forEach(each -> {
            if (each.value() != null) {
                reader.accept(each.partition(), each.value());
            }
        });
    }

    @Override
    public void contents(BiConsumer<String, @Nullable Content> reader) {
        contents.forEach(each -> reader.accept(each.key(), each.value()));
    }

    @Override
    public void contentKeys(BiConsumer<String, @Nullable ContentKey> reader) {
        contentKeys.forEach(each -> reader.accept(each.key(), each.value()));
    }

    @Override
    public KeyRing keyRing() {
        return ring;
    }
}
