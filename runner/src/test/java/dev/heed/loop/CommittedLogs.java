package dev.heed.loop;

import dev.heed.core.Channel;
import dev.heed.guarantee.LogView;
import dev.heed.materializer.Materializer;
import dev.heed.serde.UndecodableException;
import dev.heed.topology.Loop;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * All topics of a stopped loop, read committed. Of journals it shows what their stages have committed: the rest nobody
 * has answered yet.
 */
final class CommittedLogs implements LogView {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<Channel, List<Logged>> logs = new EnumMap<>(Channel.class);

    static CommittedLogs read(LoopSettings settings, Deserializer<SpecificRecord> values)
            throws ExecutionException, InterruptedException {
        CommittedLogs read = new CommittedLogs();
        Map<TopicPartition, OffsetAndMetadata> answered = answered(settings);
        List<Channel> journals = LoopTopology.stages(settings.secretSeed()).stream()
                .map(stage -> stage.journal())
                .toList();
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            Map<String, List<Logged>> byTopic = all(consumer, settings, values);
            for (Channel channel : Channel.values()) {
                List<Logged> log = byTopic.getOrDefault(settings.topic(channel), List.of());
                read.logs.put(
                        channel,
                        log.stream()
                                .filter(record ->
                                        !journals.contains(channel) || record.offset() < end(answered, record))
                                .toList());
            }
        }
        return read;
    }

    private static long end(Map<TopicPartition, OffsetAndMetadata> answered, Logged record) {
        OffsetAndMetadata end = answered.get(new TopicPartition(record.topic(), record.partition()));
        return end == null ? 0 : end.offset();
    }

    private static Map<TopicPartition, OffsetAndMetadata> answered(LoopSettings settings)
            throws ExecutionException, InterruptedException {
        Map<String, Object> config = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        try (Admin admin = Admin.create(config)) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (String group : Loop.stageGroups(settings.prefix())) {
                offsets.putAll(admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get());
            }
            return offsets;
        }
    }

    /** All at once: topic by topic, each would wait for the fetch of the one before to come back empty. */
    private static Map<String, List<Logged>> all(
            KafkaConsumer<String, byte[]> consumer, LoopSettings settings, Deserializer<SpecificRecord> values) {
        List<TopicPartition> partitions = Arrays.stream(Channel.values())
                .flatMap(channel -> consumer.partitionsFor(settings.topic(channel)).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, List<Logged>> logs = new HashMap<>();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (Materializer.HEARTBEAT.equals(record.key())) {
                    continue; // It says nothing, by design.
                }
                logs.computeIfAbsent(record.topic(), topic -> new ArrayList<>())
                        .add(new Logged(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.key(),
                                value(record, values)));
            }
        }
        return logs;
    }

    private static @Nullable SpecificRecord value(
            ConsumerRecord<String, byte[]> record, Deserializer<SpecificRecord> values) {
        try {
            return record.value() == null ? null : values.deserialize(record.topic(), record.value());
        } catch (UndecodableException poison) {
            return null;
        }
    }

    @Override
    public List<Logged> records(Channel channel) {
        return logs.getOrDefault(channel, List.of());
    }
}
