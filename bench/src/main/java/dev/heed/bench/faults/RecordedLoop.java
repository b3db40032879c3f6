package dev.heed.bench.faults;

import dev.heed.core.Channel;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.NothingLost;
import dev.heed.materializer.Materializer;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterLogs;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.serde.UndecodableException;
import java.lang.ref.SoftReference;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * All topics of a stopped loop, read committed, a channel at a time. Records are decoded whenever they are looked at, so
 * that a long run fits into memory. Of journals it shows what their stages have committed.
 */
final class RecordedLoop implements LogView {
    private final Cluster cluster;
    private final ClusterLogs logs;
    private final HeedAvroSerde<SpecificRecord> serde;
    private final Map<Channel, SoftReference<List<Logged>>> channels = new EnumMap<>(Channel.class);

    RecordedLoop(Cluster cluster, ClusterLogs logs) {
        this.cluster = cluster;
        this.logs = logs;
        this.serde = cluster.serde();
    }

    @Override
    public List<Logged> records(Channel channel) {
        SoftReference<List<Logged>> read = channels.get(channel);
        List<Logged> records = read == null ? null : read.get();
        if (records == null) {
            records = read(channel);
            channels.put(channel, new SoftReference<>(records));
        }
        return records;
    }

    private List<Logged> read(Channel channel) {
        List<Stored> stored = new ArrayList<>();
        for (int partition = 0; partition < logs.partitions(); partition++) {
            int of = partition;
            long end = channel.baseName().endsWith(".journal") ? logs.decidedTo(channel, of) : Long.MAX_VALUE;
            logs.records(channel, partition).forEachRemaining(raw -> {
                if (raw.offset() < end && !Materializer.HEARTBEAT.equals(raw.key())) {
                    stored.add(new Stored(of, raw.offset(), raw.key(), raw.value()));
                }
            });
            logs.closeLogs();
        }
        return new Decoded(cluster.topic(channel), stored);
    }

    /** How every input ended. */
    NothingLost.Account account() {
        return new NothingLost().account(this);
    }

    private record Stored(
            int partition, long offset, @Nullable String key, byte @Nullable [] value) {}

    private final class Decoded extends AbstractList<Logged> {
        private final String topic;
        private final List<Stored> stored;

        Decoded(String topic, List<Stored> stored) {
            this.topic = topic;
            this.stored = stored;
        }

        @Override
        public Logged get(int index) {
            Stored each = stored.get(index);
            return new Logged(topic, each.partition(), each.offset(), each.key(), value(each.value()));
        }

        private @Nullable SpecificRecord value(byte @Nullable [] bytes) {
            try {
                return bytes == null ? null : serde.deserializer().deserialize(topic, bytes);
            } catch (UndecodableException nonsense) {
                return null;
            }
        }

        @Override
        public int size() {
            return stored.size();
        }
    }
}
