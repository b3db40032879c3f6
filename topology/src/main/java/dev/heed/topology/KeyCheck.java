package dev.heed.topology;

import dev.heed.core.Channel;
import dev.heed.out.ContentKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first data key of each partition before the loop starts. Under a wrong key-encryption key intake would go
 * on keeping texts, and nobody would hear of it before a row needs an old one.
 */
final class KeyCheck {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final LoopSettings settings;
    private final Deserializer<SpecificRecord> values;

    KeyCheck(LoopSettings settings, Deserializer<SpecificRecord> values) {
        this.settings = settings;
        this.values = values;
    }

    /** @throws dev.heed.text.KeyRefused if texts were kept under a key that is not among the settings' */
    void check() {
        Map<String, Object> config = new HashMap<>(settings.clientSettings());
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        String topic = settings.topic(Channel.CONTENT_KEYS);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Set<TopicPartition> unseen = new HashSet<>(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long give = System.nanoTime() + AT_MOST.toNanos();
            while (!unseen.isEmpty() && System.nanoTime() < give) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.value() != null) {
                        require(values.deserialize(topic, record.value()));
                        unseen.remove(new TopicPartition(topic, record.partition()));
                    }
                }
                unseen.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
                consumer.pause(partitions.stream()
                        .filter(partition -> !unseen.contains(partition))
                        .toList());
            }
        }
    }

    private void require(@Nullable SpecificRecord value) {
        if (value instanceof ContentKey key && !settings.keys().has(key.getKeyId())) {
            throw settings.keys().missing(key.getKeyId(), "text of " + settings.prefix());
        }
    }
}
