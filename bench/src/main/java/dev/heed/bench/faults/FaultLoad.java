package dev.heed.bench.faults;

import dev.heed.bench.faults.FaultEvents.Told;
import dev.heed.core.Channel;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Producers that publish at a steady rate, whether the loop lives or not. Not for more than one thread. */
final class FaultLoad implements AutoCloseable {
    private final Cluster cluster;
    private final FaultEvents events;
    private final int perSecond;
    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> values;
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
    private long startNanos;
    private long due;
    private long published;

    FaultLoad(Cluster cluster, long seed, int perSecond) {
        this.cluster = cluster;
        this.events = new FaultEvents(seed);
        this.perSecond = perSecond;
        this.producer = cluster.producer("heed-faults");
        this.values = cluster.serde().serializer();
    }

    /** Publishes what comes before all else; from now on time counts. */
    void begin() {
        events.beginning(System.currentTimeMillis()).forEach(this::publish);
        producer.flush();
        startNanos = System.nanoTime();
    }

    /** Publishes what is due by now. */
    void publishDue() {
        long until = (long) ((System.nanoTime() - startNanos) / 1e9 * perSecond);
        for (; due < until; due++) {
            publish(events.next(System.currentTimeMillis()));
        }
    }

    private void publish(Told told) {
        Exception failure = refused.get();
        if (failure != null) {
            throw new Failure("the broker refused an event: " + failure.getMessage(), failure);
        }
        Channel channel = told.channel();
        String topic = cluster.topic(channel);
        byte[] bytes = told.event() == null ? FaultEvents.nonsense() : values.serialize(topic, told.event());
        published++;
        producer.send(new ProducerRecord<>(topic, told.key(), bytes), (sent, failed) -> {
            if (failed != null) {
                refused.compareAndSet(null, failed);
            }
        });
    }

    /** Events published so far. */
    long published() {
        return published;
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
