package dev.heed.embedded;

import static java.util.Objects.requireNonNull;

import dev.heed.embedded.StartException.Problem;
import dev.heed.registry.CatalogChange;
import dev.heed.registry.RegistryError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The compacted topic that a registry keeps its changes in. What is written takes effect when it is read back, by one
 * thread and in the order of the topic, so a restart sees what was seen before.
 */
final class SchemasTopic implements AutoCloseable {
    private static final String NAME = "_schemas";
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long TIMEOUT_MS = 30_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<CatalogChange> apply;
    private final Thread reader;
    private final CompletableFuture<@Nullable Void> caughtUp = new CompletableFuture<>();
    private long nextOffset;
    private @Nullable Exception failure;

    private SchemasTopic(String bootstrapServers, Consumer<CatalogChange> apply) {
        Map<String, Object> common = Map.of("bootstrap.servers", bootstrapServers, "client.id", "heed-registry");
        this.producer = new KafkaProducer<>(common, new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(common, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.apply = apply;
        this.reader = new Thread(this::read, "heed-registry-reader");
        reader.setDaemon(true);
    }

    /**
     * Opens the topic, creating it if need be, and returns when all changes in it were applied.
     *
     * @throws StartException if the topic is there but would lose changes
     */
    static SchemasTopic open(String bootstrapServers, Consumer<CatalogChange> apply) {
        ensureTopic(bootstrapServers);
        SchemasTopic topic = new SchemasTopic(bootstrapServers, apply);
        topic.reader.start();
        try {
            await(topic.caughtUp);
            return topic;
        } catch (ExecutionException failed) {
            topic.close();
            throw new StartException(
                    Problem.REGISTRY_FAILED,
                    "topic " + NAME,
                    "cannot be read: " + failed.getCause(),
                    "records in the format of a schema registry",
                    failed);
        } catch (RuntimeException failed) {
            topic.close();
            throw failed;
        }
    }

    private static void ensureTopic(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            NewTopic topic = new NewTopic(NAME, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
            await(admin.createTopics(List.of(topic)).all());
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw new StartException(
                        Problem.REGISTRY_FAILED, NAME, "cannot be created: " + failed.getCause(), "a topic", failed);
            }
            checkTopic(bootstrapServers);
        }
    }

    private static void checkTopic(String bootstrapServers) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            int partitions = requireNonNull(
                            await(admin.describeTopics(List.of(NAME)).allTopicNames())
                                    .get(NAME))
                    .partitions()
                    .size();
            String policy = requireNonNull(
                            await(admin.describeConfigs(List.of(resource)).all())
                                    .get(resource))
                    .get("cleanup.policy")
                    .value();
            if (partitions != 1 || !policy.equals("compact")) {
                throw new StartException(
                        Problem.REGISTRY_FAILED,
                        "topic " + NAME,
                        "has " + partitions + " partitions and cleanup.policy=" + policy,
                        "1 partition and cleanup.policy=compact");
            }
        } catch (ExecutionException failed) {
            throw new StartException(
                    Problem.REGISTRY_FAILED, NAME, "cannot be described: " + failed.getCause(), "a topic", failed);
        }
    }

    /** Writes changes in order and returns when the last of them was applied. */
    void write(List<CatalogChange> changes) {
        Future<RecordMetadata> last = null;
        for (CatalogChange change : changes) {
            last = producer.send(new ProducerRecord<>(
                    NAME, PARTITION.partition(), SchemasTopicFormat.key(change), SchemasTopicFormat.value(change)));
        }
        if (last == null) {
            return;
        }
        try {
            awaitApplied(await(last).offset() + 1);
        } catch (ExecutionException failed) {
            throw RegistryError.STORE_FAILED.because("cannot write to " + NAME + ": " + failed.getCause());
        }
    }

    private static <T extends @Nullable Object> T await(Future<T> pending) throws ExecutionException {
        try {
            return pending.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        } catch (TimeoutException late) {
            throw RegistryError.STORE_TIMED_OUT.because("no answer from the broker within " + TIMEOUT_MS + " ms");
        }
    }

    private synchronized void awaitApplied(long offset) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        try {
            while (nextOffset < offset) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (failure != null) {
                    throw RegistryError.STORE_FAILED.because("cannot read " + NAME + ": " + failure);
                }
                if (left <= 0) {
                    throw RegistryError.STORE_TIMED_OUT.because("offset " + offset + " of " + NAME
                            + " was not read back within " + TIMEOUT_MS + " ms, only " + nextOffset);
                }
                wait(left);
            }
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    private void read() {
        try (consumer) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long endAtStart =
                    requireNonNull(consumer.endOffsets(List.of(PARTITION)).get(PARTITION));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> change : consumer.poll(POLL)) {
                    SchemasTopicFormat.change(change.key(), change.value()).ifPresent(apply);
                }
                long position = consumer.position(PARTITION);
                applied(position, null);
                if (position >= endAtStart) {
                    caughtUp.complete(null);
                }
            }
        } catch (IOException | RuntimeException stopped) {
            applied(nextOffset, stopped);
            caughtUp.completeExceptionally(stopped);
        }
    }

    private synchronized void applied(long offset, @Nullable Exception stopped) {
        nextOffset = offset;
        failure = stopped;
        notifyAll();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(TIMEOUT_MS);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        } finally {
            producer.close(Duration.ofMillis(TIMEOUT_MS));
        }
    }
}
