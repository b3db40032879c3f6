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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private volatile boolean closing;
    private volatile long lastReadNanos = System.nanoTime();

    /**
     * @param onEscalation told of each escalation that opens, and how many milliseconds after its signal
     */
    Watcher(Cluster cluster, Scorecard scorecard, StatusBoard board, BiConsumer<Escalation, Long> onEscalation) {
        this.scorecard = scorecard;
        this.board = board;
        this.onEscalation = onEscalation;
        Set<Channel> decoded = EnumSet.of(Channel.INTAKE_FACTS, Channel.DEAD_LETTERS);
        decoded.addAll(InputAccount.JOURNALS);
        decoded.addAll(Scorecard.CHANNELS);
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
            }
        } catch (WakeupException closed) {
            // Closing.
        } catch (RuntimeException failed) {
            failure.set(failed);
        } finally {
            reader.close();
        }
    }

    private void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        long nowMs = System.currentTimeMillis();
        account.read(channel, record, value);
        board.read(channel, value);
        Escalation opened = scorecard.read(channel, record, value, nowMs);
        if (opened != null) {
            onEscalation.accept(opened, Math.max(0, nowMs - opened.getNoticedAtMs()));
        }
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
