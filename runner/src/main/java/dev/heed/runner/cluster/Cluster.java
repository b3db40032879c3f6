package dev.heed.runner.cluster;

import dev.heed.core.Channel;
import dev.heed.registry.RegistryClient;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.TopicCatalog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka cluster with a schema registry, and the topics of one loop on it.
 *
 * @param bootstrap {@code host:port} of brokers
 * @param registry base URL of the schema registry
 * @param prefix the prefix of the loop's topics
 */
public record Cluster(String bootstrap, String registry, String prefix) {
    /** The prefix of topics where none is given. */
    public static final String DEFAULT_PREFIX = LoopSettings.DEFAULT_PREFIX;

    private static final int LINGER_MS = 5;
    private static final int MAX_BLOCK_MS = 15_000;

    /** The topic's full name, for example {@code heed.items.journal.v1}. */
    public String topic(Channel channel) {
        return TopicCatalog.of(channel).name(prefix);
    }

    /** The channel of a topic, by its full name or without prefix and version. */
    public Optional<Channel> channel(String topic) {
        for (Channel channel : Channel.values()) {
            if (topic.equals(channel.baseName()) || topic.equals(topic(channel))) {
                return Optional.of(channel);
            }
        }
        return Optional.empty();
    }

    /** The serde of all values. */
    public HeedAvroSerde<SpecificRecord> serde() {
        return new HeedAvroSerde<>(RegistryClient.open(Map.of("schema.registry.url", registry)));
    }

    /** What administers the cluster. */
    public Admin admin() {
        return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    }

    /** A producer of bytes under text keys that repeats nothing by itself. */
    public Producer<String, byte[]> producer(String clientId) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed records that belongs to no group. */
    public Consumer<String, byte[]> reader(String clientId) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, MAX_BLOCK_MS);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
