package dev.heed.bench;

import dev.heed.core.Channel;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.fact.ItemsFact;
import dev.heed.out.Judgment;
import dev.heed.stream.RoutedPartitioner;
import dev.heed.topology.Loop;
import dev.heed.topology.LoopSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.StreamsSettings;
import dev.heed.topology.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;

/** Runs one round of the loop or of the bare application on topics of its own, and times it. */
final class Rounds {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final EmbeddedPlatform platform;
    private final int partitions;

    Rounds(EmbeddedPlatform platform, int partitions) {
        this.platform = platform;
        this.partitions = partitions;
    }

    /** Events per second from the first send until the last event's judgment is out. */
    double loop(int interactions, int round) throws Exception {
        LoopSettings settings = settings("bench-loop-" + round);
        try (Serde<SpecificRecord> serde = LoopSerde.of(settings);
                Loop loop = Loop.start(settings);
                KafkaProducer<String, byte[]> producer = producer()) {
            if (!loop.awaitRunning(PATIENCE)) {
                throw new TimeoutException("the loop did not start");
            }
            send(producer, settings, serde, List.of(new Workload.Event(Channel.POLICIES, "policy", Workload.policy())));
            await(settings, serde, Channel.ITEMS_FACTS, partitions, Rounds::isPolicyInstalled);
            List<Workload.Event> events = Workload.events(interactions, round);
            long start = System.nanoTime();
            send(producer, settings, serde, events);
            Set<String> sentinels = new HashSet<>();
            for (int p = 0; p < partitions; p++) {
                String id = sentinelFor(p);
                sentinels.add(id);
                send(producer, settings, serde, Workload.sentinel(id, round));
            }
            await(
                    settings,
                    serde,
                    Channel.JUDGMENTS,
                    partitions,
                    record -> record.value() instanceof Judgment judgment
                            && sentinels.contains(judgment.getInteractionId()));
            return events.size() / seconds(start);
        } finally {
            delete(settings.stateDir());
        }
    }

    /** Events per second from the first send until the last record is passed on. */
    double bare(int interactions, int round) throws Exception {
        LoopSettings settings = settings("bench-bare-" + round);
        String output = settings.prefix() + ".out";
        String[] inputs = {
            settings.topic(Channel.INTERACTIONS), settings.topic(Channel.SIGNALS), settings.topic(Channel.FEEDBACK)
        };
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) platform.bootstrapServers()))) {
            new Topics(admin, settings.prefix(), partitions, (short) 1, settings.textLag()).ensure();
            admin.createTopics(List.of(new NewTopic(output, partitions, (short) 1)))
                    .all()
                    .get();
        }
        Properties properties = StreamsSettings.of(settings, "bare");
        try (Serde<SpecificRecord> serde = LoopSerde.of(settings);
                KafkaStreams bare = new KafkaStreams(BareApplication.topology(inputs, output), properties);
                KafkaProducer<String, byte[]> producer = producer()) {
            bare.start();
            long give = System.nanoTime() + PATIENCE.toNanos();
            while (bare.state() != KafkaStreams.State.RUNNING) {
                check(give, "the bare application did not start");
                Thread.sleep(20);
            }
            List<Workload.Event> events = Workload.events(interactions, round);
            long start = System.nanoTime();
            send(producer, settings, serde, events);
            count(output, events.size());
            return events.size() / seconds(start);
        } finally {
            delete(settings.stateDir());
        }
    }

    private static boolean isPolicyInstalled(ConsumerRecord<String, SpecificRecord> record) {
        return record.value() instanceof ItemsFact fact && fact.getPolicyInstalled() != null;
    }

    /** The shortest id that goes to the partition. */
    private String sentinelFor(int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "sentinel-" + i)
                .filter(id -> RoutedPartitioner.partitionOf(id, partitions) == partition)
                .findFirst()
                .orElseThrow();
    }

    private void send(
            KafkaProducer<String, byte[]> producer,
            LoopSettings settings,
            Serde<SpecificRecord> serde,
            List<Workload.Event> events) {
        for (Workload.Event event : events) {
            producer.send(event.in(settings.topic(event.channel()), serde.serializer()));
        }
        producer.flush();
    }

    private void await(
            LoopSettings settings,
            Serde<SpecificRecord> serde,
            Channel channel,
            int wanted,
            Predicate<ConsumerRecord<String, SpecificRecord>> counts)
            throws TimeoutException {
        try (KafkaConsumer<String, SpecificRecord> consumer =
                new KafkaConsumer<>(consumerSettings(), new StringDeserializer(), serde.deserializer())) {
            assign(consumer, settings.topic(channel));
            long give = System.nanoTime() + PATIENCE.toNanos();
            int found = 0;
            while (found < wanted) {
                check(give, found + " of " + wanted + " awaited records on " + channel.baseName());
                for (ConsumerRecord<String, SpecificRecord> record : consumer.poll(POLL)) {
                    found += counts.test(record) ? 1 : 0;
                }
            }
        }
    }

    private void count(String topic, int wanted) throws TimeoutException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assign(consumer, topic);
            long give = System.nanoTime() + PATIENCE.toNanos();
            for (int found = 0; found < wanted; found += consumer.poll(POLL).count()) {
                check(give, found + " of " + wanted + " records on " + topic);
            }
        }
    }

    private void assign(KafkaConsumer<?, ?> consumer, String topic) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    private Map<String, Object> consumerSettings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                platform.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        platform.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private LoopSettings settings(String prefix) throws IOException {
        return new LoopSettings(
                prefix,
                platform.bootstrapServers(),
                platform.registryUrl(),
                LoopSettings.DEFAULT_SERDE,
                new byte[LoopSettings.MIN_SEED_BYTES],
                Files.createTempDirectory(prefix),
                "bench",
                partitions,
                (short) 1,
                1,
                LoopSettings.DEFAULT_COMMIT_INTERVAL,
                LoopSettings.DEFAULT_TICK_INTERVAL,
                new HashMap<>());
    }

    private static void check(long give, String what) throws TimeoutException {
        if (System.nanoTime() > give) {
            throw new TimeoutException(what + " after " + PATIENCE.toSeconds() + " s");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void delete(Path directory) throws IOException {
        Utils.delete(directory.toFile());
    }
}
