package dev.heed.runner.demo;

import dev.heed.runner.cluster.Cluster;
import dev.heed.simulator.Publication;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Publishes what the simulator says, as a product would: an ordinary idempotent producer. */
final class Publisher implements AutoCloseable {
    private final Cluster cluster;
    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> values;
    private final Map<Publication.Sort, Long> published = new EnumMap<>(Publication.Sort.class);
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    Publisher(Cluster cluster) {
        this.cluster = cluster;
        this.producer = cluster.producer("heed-simulator");
        this.values = cluster.serde().serializer();
    }

    /**
     * Publishes it as of now.
     *
     * @throws IllegalStateException if the broker refused an earlier one
     */
    Future<RecordMetadata> publish(Publication publication) {
        Exception failure = refused.get();
        if (failure != null) {
            throw new IllegalStateException("the broker refused an event: " + failure.getMessage(), failure);
        }
        publication.happensAt(System.currentTimeMillis());
        String topic = cluster.topic(publication.channel());
        byte[] bytes = publication.bytes() != null
                ? publication.bytes()
                : values.serialize(topic, Objects.requireNonNull(publication.value()));
        published.merge(publication.sort(), 1L, Long::sum);
        return producer.send(new ProducerRecord<>(topic, publication.key(), bytes), (sent, failed) -> {
            if (failed != null) {
                refused.compareAndSet(null, failed);
            }
        });
    }

    /** How many of a sort were published. */
    long published(Publication.Sort sort) {
        return published.getOrDefault(sort, 0L);
    }

    /** Waits until all is written. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
