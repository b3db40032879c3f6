package dev.heed.runner.cluster;

import dev.heed.audit.RecordedLogs;
import dev.heed.core.Channel;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.StoredFact;
import dev.heed.out.AuditHead;
import dev.heed.registry.RegistryClient;
import dev.heed.runner.Failure;
import dev.heed.serde.AvroBytes;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.serde.UndecodableException;
import dev.heed.serde.WireFormat;
import dev.heed.topology.Loop;
import dev.heed.topology.TopicCatalog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a loop on a cluster, committed records only. Asks once, when made, how far the stages have decided. Not for
 * more than one thread.
 */
public final class ClusterLogs implements RecordedLogs, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final byte[] NO_FACT = {};

    private final Cluster cluster;
    private final RegistryClient registry;
    private final HeedAvroSerde<SpecificRecord> serde;
    private final Map<TopicPartition, Long> decided;
    private final Map<Written, Optional<OlderSchema>> olderSchemas;
    private final List<PartitionLog> open = new ArrayList<>();
    private final Deque<Consumer<String, byte[]>> idle = new ArrayDeque<>();
    private final int partitions;
    private final List<AuditHead> heads;

    /** A schema in a topic: the same id elsewhere is that of another record. */
    private record Written(Channel facts, int schemaId) {}

    public ClusterLogs(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.registry = RegistryClient.open(Map.of("schema.registry.url", cluster.registry()));
        this.serde = new HeedAvroSerde<>(registry);
        this.decided = new HashMap<>();
        this.olderSchemas = new ConcurrentHashMap<>();
        this.heads = new ArrayList<>();
        try (Admin admin = cluster.admin()) {
            for (String group : Loop.stageGroups(cluster.prefix())) {
                for (Map.Entry<TopicPartition, OffsetAndMetadata> committed : admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .entrySet()) {
                    if (committed.getValue() != null) {
                        decided.put(committed.getKey(), committed.getValue().offset());
                    }
                }
            }
        } catch (ExecutionException refused) {
            throw new Failure("the broker does not say how far the loop has come: " + refused.getCause(), refused);
        }
        try (CommittedReader reader = new CommittedReader(
                cluster, "heed-audit", List.of(Channel.AUDIT), List.of(), (channel, record, value) -> {
                    if (value instanceof AuditHead head) {
                        heads.add(head);
                    }
                })) {
            this.partitions = reader.partitions();
            Map<TopicPartition, Long> ends = reader.ends();
            while (!reader.hasRead(ends)) {
                reader.poll(POLL);
            }
        }
    }

    private ClusterLogs(ClusterLogs known) {
        this.cluster = known.cluster;
        this.registry = known.registry;
        this.serde = known.serde;
        this.decided = known.decided;
        this.olderSchemas = known.olderSchemas;
        this.heads = known.heads;
        this.partitions = known.partitions;
    }

    /** The same logs, as far as the stages had come when they were first asked, for another thread to read. */
    public ClusterLogs forAnotherThread() {
        return new ClusterLogs(this);
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public Iterator<Raw> records(Channel channel, int partition) {
        // A consumer takes longer to make than a short log to read.
        Consumer<String, byte[]> consumer = idle.isEmpty() ? cluster.reader("heed-replay") : idle.remove();
        PartitionLog log = new PartitionLog(consumer, new TopicPartition(cluster.topic(channel), partition));
        open.add(log);
        return log;
    }

    @Override
    public long decidedTo(Channel journal, int partition) {
        return decided.getOrDefault(new TopicPartition(cluster.topic(journal), partition), 0L);
    }

    @Override
    public List<AuditHead> heads() {
        return List.copyOf(heads);
    }

    /** Adds heads that are known from elsewhere to those that were published. */
    public void alsoExpect(List<AuditHead> kept) {
        heads.addAll(kept);
    }

    @Override
    public LogView.Logged event(Channel journal, int partition, Raw raw) {
        return new LogView.Logged(
                cluster.topic(journal), partition, raw.offset(), raw.key(), decode(journal, raw.value()));
    }

    @Override
    public StoredFact fact(Channel facts, Raw raw) {
        return new StoredFact(raw.offset(), raw.key(), avro(facts, raw.value()), () -> decode(facts, raw.value()));
    }

    /**
     * The stored bytes in the present schema; none if they are no fact of this topic. Bytes of an older schema are written
     * anew, if they are what that schema writes: several byte sequences can mean the same record, and only one of them was
     * written.
     */
    private byte[] avro(Channel facts, byte @Nullable [] stored) {
        if (stored == null || stored.length <= WireFormat.HEADER_BYTES || stored[0] != WireFormat.MAGIC) {
            return NO_FACT;
        }
        Written written = new Written(facts, WireFormat.schemaId(stored));
        Optional<OlderSchema> older = olderSchemas.get(written);
        if (older == null) {
            SpecificRecord first = decode(facts, stored);
            if (first == null || first.getClass() != TopicCatalog.of(facts).value()) {
                return NO_FACT;
            }
            older = OlderSchema.of(registry.schemaById(written.schemaId()), first.getSchema());
            olderSchemas.put(written, older);
        }
        byte[] binary = Arrays.copyOfRange(stored, WireFormat.HEADER_BYTES, stored.length);
        SpecificRecord anew =
                older.isPresent() && Arrays.equals(binary, older.get().again(binary)) ? decode(facts, stored) : null;
        return anew == null ? binary : AvroBytes.of(anew);
    }

    private @Nullable SpecificRecord decode(Channel channel, byte @Nullable [] value) {
        try {
            return serde.deserializer().deserialize(cluster.topic(channel), value);
        } catch (UndecodableException poison) {
            return null;
        }
    }

    /** Ends the reading of what was opened so far. */
    public void closeLogs() {
        open.forEach(log -> idle.add(log.consumer()));
        open.clear();
    }

    @Override
    public void close() {
        closeLogs();
        idle.forEach(Consumer::close);
        idle.clear();
    }
}
