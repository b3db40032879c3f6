package dev.heed.runner.cluster;

import dev.heed.core.Channel;
import dev.heed.runner.Failure;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Sends events as a product would, and waits for none; once the broker has refused one it sends no more. */
public final class Sender implements AutoCloseable {
    private final Cluster cluster;
    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> values;
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    public Sender(Cluster cluster, String clientId) {
        this.cluster = cluster;
        this.producer = cluster.producer(clientId);
        this.values = cluster.serde().serializer();
    }

    /** @throws Failure if the broker refused an earlier one */
    public void send(Channel channel, String key, SpecificRecord event) {
        send(channel, key, values.serialize(cluster.topic(channel), event));
    }

    /**
     * Sends bytes as they are, whether they are an event or not.
     *
     * @throws Failure if the broker refused an earlier one
     */
    public void send(Channel channel, String key, byte[] bytes) {
        Exception failure = refused.get();
        if (failure != null) {
            throw new Failure("the broker refused an event: " + failure.getMessage(), failure);
        }
        producer.send(new ProducerRecord<>(cluster.topic(channel), key, bytes), (sent, failed) -> {
            if (failed != null) {
                refused.compareAndSet(null, failed);
            }
        });
    }

    /** Waits until all is written. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
