package dev.heed.runner.dataset;

import dev.heed.core.Channel;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.ItemsFact;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.text.KeyRing;
import dev.heed.text.KeySource;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics of a cluster, committed records only.
 *
 * @param keys where the keys come from, if texts are asked for
 */
record ClusterTopics(Cluster cluster, KeySource keys) implements RowHistory {
    private static final Duration POLL = Duration.ofMillis(200);

    @Override
    public void versions(Consumer<DatasetVersion> reader) {
        read(Channel.DATASET_VERSIONS, (channel, record, value) -> {
            if (value instanceof DatasetVersion version) {
                reader.accept(version);
            }
        });
    }

    @Override
    public void deltas(BiConsumer<Integer, Delta> reader) {
        read(Channel.DATASET_LOG, (channel, record, value) -> {
            if (value instanceof Delta delta) {
                reader.accept(record.partition(), delta);
            }
        });
    }

    @Override
    public void contents(BiConsumer<String, @Nullable Content> reader) {
        read(Channel.CONTENTS, (channel, record, value) -> reader.accept(record.key(), (Content) value));
    }

    @Override
    public void contentKeys(BiConsumer<String, @Nullable ContentKey> reader) {
        read(Channel.CONTENT_KEYS, (channel, record, value) -> reader.accept(record.key(), (ContentKey) value));
    }

    @Override
    public KeyRing keyRing() {
        return KeyRing.of(keys);
    }

    @Override
    public void judgments(Consumer<Judgment> reader) {
        read(Channel.JUDGMENTS, (channel, record, value) -> {
            if (value instanceof Judgment judgment) {
                reader.accept(judgment);
            }
        });
    }

    @Override
    public void claims(Consumer<ClaimChanged> reader) {
        read(Channel.ITEMS_FACTS, (channel, record, value) -> {
            if (value instanceof ItemsFact fact && fact.getClaimChanged() != null) {
                reader.accept(fact.getClaimChanged());
            }
        });
    }

    private void read(Channel channel, CommittedReader.Listener listener) {
        try (CommittedReader reader =
                new CommittedReader(cluster, "heed-dataset", List.of(channel), List.of(), listener)) {
            while (!reader.caughtUp()) {
                reader.poll(POLL);
            }
        }
    }
}
