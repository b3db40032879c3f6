package dev.heed.runner.demo;

import dev.heed.console.StatusBoard;
import dev.heed.core.Channel;
import dev.heed.guarantee.NothingLost;
import dev.heed.out.Escalation;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that is committed, in a thread of its own, and believes nothing else: neither what the simulator says it
 * published nor what the loop says it did.
 */
final class Watcher implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final InputAccount account = new InputAccount();
    private final Scorecard scorecard;
    private final StatusBoard board;
    private final BiConsumer<Escalation, Long> onEscalation;
    private final CommittedReader reader;
    private final Thread thread;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable CountDownLatch> asked = new AtomicReference<>();
    private @Nullable Map<TopicPartition, Long> ends;
    private volatile boolean closing;
    private volatile long lastReadNanos = System.nanoTime();

    /**
     * @param onEscalation told of each escalation that opens, and when it was read, milliseconds since the epoch
     */
    Watcher(Cluster cluster, Scorecard scorecard, StatusBoard board, BiConsumer<Escalation, Long> onEscalation) {
        this.scorecard = scorecard;
        this.board = board;
        this.onEscalation = onEscalation;
        Set<Channel> decoded = EnumSet.of(Channel.INTAKE_FACTS, Channel.DEAD_LETTERS);
        decoded.addAll(InputAccount.JOURNALS);
        decoded.addAll(Scorecard.CHANNELS);
        decoded.addAll(Vigilance.CHANNELS);
        decoded.addAll(StatusBoard.decoded());
        Set<Channel> raw = EnumSet.copyOf(NothingLost.INPUTS);
        raw.addAll(StatusBoard.counted());
        raw.removeAll(decoded);
        this.reader = new CommittedReader(cluster, "heed-watcher", decoded, raw, this::read);
        this.thread = new Thread(this::run, "heed-watcher");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closing) {
                if (reader.poll(POLL) > 0) {
                    lastReadNanos = System.nanoTime();
                }
                answer();
            }
        } catch (WakeupException closed) {
            // Closing.
        } catch (RuntimeException failed) {
            failure.set(failed);
        } finally {
            reader.close();
        }
    }

    private void answer() {
        CountDownLatch waiting = asked.get();
        if (waiting == null) {
            return;
        }
        if (ends == null) {
            ends = reader.ends();
        }
        if (reader.hasRead(ends)) {
            ends = null;
            asked.set(null);
            waiting.countDown();
        }
    }

    private void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        long nowMs = System.currentTimeMillis();
        account.read(channel, record, value);
        board.read(channel, value);
        Escalation opened = scorecard.read(channel, record, value, nowMs);
        if (opened != null) {
            onEscalation.accept(opened, nowMs);
        }
    }

    /**
     * Waits until everything is read that is committed now. Without this the books can balance because the last inputs
     * are not yet in them. Not for more than one thread.
     *
     * @return false when it took longer than this
     */
    boolean readAll(Duration atMost) throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        asked.set(read);
        return read.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The books of all inputs, as far as they were read. */
    NothingLost.Account books() {
        return account.close();
    }

    /** Inputs refused by intake or a stage, by stage and reason, as far as they were read. */
    Map<String, Integer> refusals() {
        return account.refusals();
    }

    /** For how long nothing new was committed anywhere that is read. */
    Duration quietFor() {
        return Duration.ofNanos(System.nanoTime() - lastReadNanos);
    }

    /** Throws what stopped the thread, if anything did. */
    void check() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }
}
