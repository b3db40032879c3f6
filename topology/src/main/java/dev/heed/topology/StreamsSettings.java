package dev.heed.topology;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of the Kafka Streams applications. */
public final class StreamsSettings {
    /** An open transaction holds back the readers of every partition it touched, so it must not stay open long. */
    private static final int TRANSACTION_TIMEOUT_MS = 60_000;
    /** With a static member id a restart within this time moves no task. */
    private static final int SESSION_TIMEOUT_MS = 30_000;

    private static final int HEARTBEAT_MS = 3_000;
    private static final int MAX_POLL_RECORDS = 500;
    /** The application that grows the trees. */
    static final String AUDIT = "audit";

    private static final Duration AUDIT_COMMIT = Duration.ofSeconds(1);

    private StreamsSettings() {}

    /** @param application last part of the application id, such as hot or slow */
    public static Properties of(LoopSettings settings, String application) {
        Properties properties = new Properties();
        properties.putAll(settings.clientSettings());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(settings, application));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.stateDir().toAbsolutePath().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                commitInterval(settings, application).toMillis());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replication());
        // No task needs its inputs in an order among themselves, and looking for the next in order costs more than the
        // work.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        // Static membership is what the classic protocol has and the new one for Streams has not.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // What fits a topic must fit the changelog of the store that keeps it.
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                String.valueOf(TopicSpec.MAX_MESSAGE_BYTES));
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG), TopicSpec.ANY_TIME);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                settings.instanceId() + "-" + application);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), MAX_POLL_RECORDS);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MS);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), TopicSpec.MAX_MESSAGE_BYTES);
        return properties;
    }

    /** @param application last part of the application id */
    static String applicationId(LoopSettings settings, String application) {
        return settings.prefix() + "-" + application;
    }

    /** Nobody waits for a tree, so it need not take a share of the broker's work for transactions that small. */
    private static Duration commitInterval(LoopSettings settings, String application) {
        boolean patient = application.equals(AUDIT) && settings.commitInterval().compareTo(AUDIT_COMMIT) < 0;
        return patient ? AUDIT_COMMIT : settings.commitInterval();
    }
}
