package dev.heed.bench.faults;

import dev.heed.core.Channel;
import dev.heed.journal.ItemsEvent;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The newest time that a loop has committed to a journal: that it lives shows in nothing else so soon. */
final class LoopTime implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(5);

    private final CommittedReader reader;
    private long newestMs;

    LoopTime(Cluster cluster) {
        this.reader =
                new CommittedReader(cluster, "heed-faults-time", List.of(Channel.ITEMS_JOURNAL), List.of(), this::read);
    }

    private void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        if (value instanceof ItemsEvent event && event.getTick() != null) {
            newestMs = Math.max(newestMs, event.getTick().getNowMs());
        }
    }

    /** Whether a loop has told the time since, milliseconds since the epoch. */
    boolean isPast(long ms) {
        reader.poll(POLL);
        return newestMs > ms;
    }

    @Override
    public void close() {
        reader.close();
    }
}
