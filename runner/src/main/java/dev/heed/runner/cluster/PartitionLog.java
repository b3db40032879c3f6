package dev.heed.runner.cluster;

import dev.heed.audit.RecordedLogs;
import dev.heed.runner.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The committed records of one partition, from the first to what was the last when this was opened. */
final class PartitionLog implements Iterator<RecordedLogs.Raw> {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final long end;
    private final Queue<ConsumerRecord<String, byte[]>> read = new ArrayDeque<>();

    /** @param consumer one of committed records, which this has for itself until it is read no more */
    PartitionLog(Consumer<String, byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
        consumer.assign(List.of(this.partition));
        consumer.seekToBeginning(List.of(this.partition));
        this.end = consumer.endOffsets(List.of(this.partition)).getOrDefault(this.partition, 0L);
    }

    @Override
    public boolean hasNext() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read.isEmpty() && consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(record -> {
                if (record.offset() < end) {
                    read.add(record);
                }
            });
            if (read.isEmpty() && System.nanoTime() > deadline) {
                throw new Failure(partition + ": nothing read for " + PATIENCE.toSeconds() + " s at offset "
                        + consumer.position(partition) + " (expected: records up to offset " + end + ")");
            }
        }
        return !read.isEmpty();
    }

    @Override
    public RecordedLogs.Raw next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no further record");
        }
        ConsumerRecord<String, byte[]> record = read.remove();
        return new RecordedLogs.Raw(record.offset(), record.key(), record.value());
    }

    Consumer<String, byte[]> consumer() {
        return consumer;
    }
}
