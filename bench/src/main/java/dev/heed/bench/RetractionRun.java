package dev.heed.bench;

import dev.heed.core.Channel;
import dev.heed.event.RowOp;
import dev.heed.out.Delta;
import dev.heed.runner.Delays;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.runner.loop.EmbeddedLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Rows, withdrawals under load, and a reader of the deltas; all in one thread. */
final class RetractionRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final int WITHDRAWALS_PER_SECOND = 10;
    /** Load alone, until its code is warm. */
    private static final double WARM_UP_SECONDS = 10;
    /** So many interactions of the load are made at once. */
    private static final int AT_ONCE = 100;

    private final EmbeddedLoop loop;
    private final int perSecond;
    private final int rows;
    private final Cluster cluster;
    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> values;
    private final CommittedReader deltas;
    private final Set<String> standing = new HashSet<>();
    private final Map<String, Long> withdrawnNanos = new HashMap<>();
    private final List<Double> delaysMs = new ArrayList<>();
    private final Deque<Workload.Event> load = new ArrayDeque<>();
    private int batches;

    /**
     * What a run came to.
     *
     * @param perSecond events a second that were published, withdrawals among them
     */
    record Result(double perSecond, Delays delays) {}

    RetractionRun(EmbeddedLoop loop, int perSecond, int rows) {
        this.loop = loop;
        this.perSecond = perSecond;
        this.rows = rows;
        this.cluster = loop.cluster();
        this.producer = cluster.producer("heed-bench");
        this.values = cluster.serde().serializer();
        this.deltas =
                new CommittedReader(cluster, "heed-bench-deltas", List.of(Channel.DATASET_LOG), List.of(), this::read);
    }

    private void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        if (!(value instanceof Delta delta)) {
            return;
        }
        if (delta.getOp() != RowOp.RETRACT) {
            standing.add(delta.getInteractionId());
            return;
        }
        Long sent = withdrawnNanos.remove(delta.getInteractionId());
        if (sent != null) {
            delaysMs.add((System.nanoTime() - sent) / 1e6);
        }
    }

    /**
     * Runs it.
     *
     * @throws Failure if the loop stops, or the rows do not come to stand
     */
    Result run() throws InterruptedException {
        PolicyInForce.publish(cluster, Workload.policyWithRows(), PATIENCE);
        for (int number = 0; number < rows; number++) {
            Workload.row(number).forEach(this::send);
        }
        await(() -> standing.size() == rows);
        if (standing.size() < rows) {
            throw new Failure(
                    standing.size() + " rows stand after " + PATIENCE.toSeconds() + " s (expected: " + rows + ")");
        }
        play(WARM_UP_SECONDS, 0);
        double published = play((double) rows / WITHDRAWALS_PER_SECOND, rows);
        await(withdrawnNanos::isEmpty);
        return new Result(published, new Delays(delaysMs));
    }

    /** Publishes at the rate told for so long, so many withdrawals among the rest; the rate reached. */
    private double play(double wantedSeconds, int withdrawals) {
        long start = System.nanoTime();
        long published = 0;
        int withdrawn = 0;
        double seconds = 0;
        while (seconds < wantedSeconds || withdrawn < withdrawals) {
            for (; withdrawn < Math.min(withdrawals, seconds * WITHDRAWALS_PER_SECOND); withdrawn++, published++) {
                withdrawnNanos.put(Workload.rowId(withdrawn), System.nanoTime());
                send(Workload.withdrawal(withdrawn));
            }
            for (; published < seconds * perSecond; published++) {
                send(next());
            }
            deltas.poll(POLL);
            loop.check();
            seconds = (System.nanoTime() - start) / 1e9;
        }
        return published / seconds;
    }

    private Workload.Event next() {
        if (load.isEmpty()) {
            load.addAll(Workload.events(AT_ONCE, ++batches));
        }
        return load.remove();
    }

    private void send(Workload.Event event) {
        producer.send(event.in(cluster.topic(event.channel()), values));
    }

    private void await(BooleanSupplier reached) {
        long give = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean() && System.nanoTime() < give) {
            deltas.poll(POLL);
            loop.check();
        }
    }

    @Override
    public void close() {
        producer.close();
        deltas.close();
    }
}
