package dev.heed.bench.live;

import dev.heed.core.Channel;
import dev.heed.guarantee.NothingLost;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.topology.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when a loop has worked off what it was told. Time goes on in journals for ever, so they are never read to the end:
 * they are read, several times, to where they ended when last asked, and nothing came of it.
 */
public final class Settling implements AutoCloseable {
    /** A label goes round by as many journals as this, and back. */
    private static final int ROUNDS = 5;

    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final List<Channel> OUTCOMES =
            List.of(Channel.DATASET_LOG, Channel.JUDGMENTS, Channel.SUBJECTS_FACTS, Channel.ERASURES);

    private final Cluster cluster;
    private final Admin admin;
    private final CommittedReader outcomes;
    private final CommittedReader sources;
    private final Map<TopicPartition, Long> unread = new HashMap<>();
    private Map<TopicPartition, Long> ends;
    private int rounds;
    private long lastNanos = System.nanoTime();

    /** @param journals those that the loop's stages read */
    public Settling(Cluster cluster, List<Channel> journals) {
        this.cluster = cluster;
        this.admin = cluster.admin();
        this.outcomes = new CommittedReader(
                cluster, "heed-bench-outcomes", List.of(), OUTCOMES, (channel, record, value) -> come());
        List<Channel> read = new ArrayList<>(NothingLost.INPUTS);
        read.addAll(journals);
        this.sources =
                new CommittedReader(cluster, "heed-bench-sources", List.of(), read, (channel, record, value) -> {});
        this.ends = sources.ends();
    }

    private void come() {
        rounds = 0;
        lastNanos = System.nanoTime();
    }

    /** Whether every input and what followed from it is worked off, and nothing has come of it for a while. */
    public boolean isSettled() throws InterruptedException {
        outcomes.poll(POLL);
        if (hasRead()) {
            rounds++;
            ends = sources.ends();
        }
        return rounds >= ROUNDS && System.nanoTime() - lastNanos > QUIET_NANOS;
    }

    /** When the last outcome was read, as {@link System#nanoTime()} tells it. */
    public long lastOutcomeNanos() {
        return lastNanos;
    }

    private boolean hasRead() throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
        try {
            for (String group : Loop.stageGroups(cluster.prefix())) {
                read.putAll(admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get());
            }
        } catch (ExecutionException refused) {
            throw new IllegalStateException("the broker does not say how far the loop has come", refused.getCause());
        }
        unread.clear();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata found = read.get(partition);
            if (end > 0 && (found == null || found.offset() < end)) {
                unread.put(partition, end - (found == null ? 0 : found.offset()));
            }
        });
        return unread.isEmpty();
    }

    /** What the loop had still to read when last asked: offsets by partition. */
    public Map<TopicPartition, Long> unread() {
        return Map.copyOf(unread);
    }

    @Override
    public void close() {
        outcomes.close();
        sources.close();
        admin.close();
    }
}
