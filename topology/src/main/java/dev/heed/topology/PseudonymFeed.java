package dev.heed.topology;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.out.PseudonymKey;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.pseudonym.Prefix;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic of pseudonym keys for this process: to its end before the loop starts, then on, in a thread of its own. A
 * loop that has no key yet gets its root here.
 */
final class PseudonymFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AT_MOST = Duration.ofSeconds(60);
    /** How long a starter that another one overtook waits for the other's root before it tries again. */
    private static final Duration OTHERS_TURN = Duration.ofSeconds(2);

    private final LoopSettings settings;
    private final Serde<SpecificRecord> values;
    private final KnownKeys known;
    private final KafkaConsumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private @Nullable Thread thread;
    private volatile boolean closing;

    PseudonymFeed(LoopSettings settings, Serde<SpecificRecord> values, KnownKeys known) {
        this.settings = settings;
        this.values = values;
        this.known = known;
        this.partition = new TopicPartition(settings.topic(Channel.PSEUDONYM_KEYS), 0);
        Map<String, Object> config = clients();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    private Map<String, Object> clients() {
        Map<String, Object> config = new HashMap<>(settings.clientSettings());
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return config;
    }

    /**
     * Reads all that is there, and makes the root if there is nothing and the loop has never worked.
     *
     * @throws TopicsRefused when keys are missing under which journals know their subjects
     */
    void begin() {
        long give = System.nanoTime() + AT_MOST.toNanos();
        // Asked before the keys are read: whoever wrote to a journal had read a root, which is read here as well then.
        String journal = journalInUse();
        readToEnd();
        if (journal != null && known.isEmpty()) {
            throw lost("empty, though " + journal + " is not");
        }
        while (known.isEmpty()) {
            if (System.nanoTime() > give) {
                throw new IllegalStateException(partition + ": no root after " + AT_MOST + " (expected: one)");
            }
            makeRoot();
            long othersTurn = System.nanoTime() + OTHERS_TURN.toNanos();
            do {
                readToEnd();
            } while (known.isEmpty() && System.nanoTime() < othersTurn);
        }
        if (!known.isWhole()) {
            throw lost("no key for some subjects");
        }
    }

    /** A new root would give every subject another name: consents and erasures would miss all that came before. */
    private TopicsRefused lost(String found) {
        return new TopicsRefused(List.of(partition.topic() + ": " + found
                + " (expected: the keys that name subjects in the journals; restore the topic from its backup)"));
    }

    /** A journal that names subjects and holds anything, or null; any loop that has started has written ticks to all. */
    private @Nullable String journalInUse() {
        try (KafkaConsumer<byte[], byte[]> asking =
                new KafkaConsumer<>(clients(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Channel journal : List.of(Channel.SUBJECTS_JOURNAL, Channel.ITEMS_JOURNAL)) {
                String topic = settings.topic(journal);
                List<TopicPartition> partitions = asking.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
                if (asking.endOffsets(partitions).values().stream().anyMatch(end -> end > 0)) {
                    return topic;
                }
            }
            return null;
        }
    }

    private void readToEnd() {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        do {
            poll();
        } while (consumer.position(partition) < end);
    }

    private void poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            SpecificRecord value =
                    record.value() == null ? null : values.deserializer().deserialize(record.topic(), record.value());
            known.read(record.key(), (PseudonymKey) value);
        }
    }

    /** Of starters at the same time, the last to begin a transaction ends those of the others; what was committed is read first. */
    private void makeRoot() {
        Map<String, Object> config = clients();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.prefix() + "-pseudonym-root");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            readToEnd();
            if (known.isEmpty()) {
                Outgoing root = known.record(Prefix.ROOT, known.draw());
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        root.key(),
                        values.serializer().serialize(partition.topic(), root.value())));
                producer.commitTransaction();
            }
        } catch (ProducerFencedException | InvalidProducerEpochException overtaken) {
            // The other's root is read next.
        }
    }

    /** Goes on reading. */
    void follow(Consumer<Throwable> onFailure) {
        Thread reader = new Thread(() -> run(onFailure), "heed-pseudonym-keys");
        reader.setDaemon(true);
        thread = reader;
        reader.start();
    }

    private void run(Consumer<Throwable> onFailure) {
        try (consumer) {
            while (!closing) {
                poll();
            }
        } catch (RuntimeException failed) {
            onFailure.accept(failed);
        }
    }

    /** May be called more than once, and by several threads: the reader closes what it reads with. */
    @Override
    public void close() {
        closing = true;
        try {
            if (thread == null) {
                consumer.close();
            } else {
                thread.join();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
