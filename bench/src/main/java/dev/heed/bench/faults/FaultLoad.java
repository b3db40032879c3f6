package dev.heed.bench.faults;

import dev.heed.bench.faults.FaultEvents.Told;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.Sender;

/** Producers that publish at a steady rate, whether the loop lives or not. Not for more than one thread. */
final class FaultLoad implements AutoCloseable {
    private final FaultEvents events;
    private final int perSecond;
    private final Sender sender;
    private long startNanos;
    private long due;
    private long published;

    FaultLoad(Cluster cluster, long seed, int perSecond) {
        this.events = new FaultEvents(seed);
        this.perSecond = perSecond;
        this.sender = new Sender(cluster, "heed-faults");
    }

    /** Publishes what comes before all else; from now on time counts. */
    void begin() {
        events.beginning(System.currentTimeMillis()).forEach(this::publish);
        sender.flush();
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
        if (told.event() == null) {
            sender.send(told.channel(), told.key(), FaultEvents.nonsense());
        } else {
            sender.send(told.channel(), told.key(), told.event());
        }
        published++;
    }

    /** Events published so far. */
    long published() {
        return published;
    }

    /** Waits until all is written. */
    void flush() {
        sender.flush();
    }

    @Override
    public void close() {
        sender.close();
    }
}
