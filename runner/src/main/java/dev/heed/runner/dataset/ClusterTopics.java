package dev.heed.runner.dataset;

import dev.heed.core.Channel;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.text.KeyRing;
import dev.heed.text.KeySource;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads the topics of a cluster, committed records only.
 *
 * @param keys where the keys come from, if texts are asked for
 */
record ClusterTopics(Cluster cluster, KeySource keys) implements DatasetTopics {
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
    public Map<String, byte[]> texts(Set<String> wanted) {
        TextVault vault = new SealedTextVault(KeyRing.of(keys));
        Map<String, ContentKey> dataKeys = last(Channel.CONTENT_KEYS, wanted, ContentKey.class);
        Map<String, byte[]> texts = new HashMap<>();
        last(Channel.CONTENTS, wanted, Content.class).forEach((key, content) -> {
            byte[] text = vault.open(content, dataKeys.get(key));
            if (text != null) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    private <T> Map<String, T> last(Channel compacted, Set<String> wanted, Class<T> type) {
        Map<String, T> last = new HashMap<>();
        read(compacted, (channel, record, value) -> {
            if (value == null) {
                last.remove(record.key());
            } else if (wanted.contains(record.key())) {
                last.put(record.key(), type.cast(value));
            }
        });
        return last;
    }

    @Override
    public void judgments(Consumer<Judgment> reader) {
        read(Channel.JUDGMENTS, (channel, record, value) -> {
            if (value instanceof Judgment judgment) {
                reader.accept(judgment);
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
