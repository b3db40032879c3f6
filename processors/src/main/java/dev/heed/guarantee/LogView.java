package dev.heed.guarantee;

import dev.heed.core.Channel;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What stands committed in the topics of a loop. */
public interface LogView {
    /** All records of a channel: partition by partition, each in the order of its offsets. */
    List<Logged> records(Channel channel);

    /**
     * One committed record.
     *
     * @param topic the topic's full name, as coordinates name it
     * @param value null for a deletion, and for bytes that cannot be decoded
     */
    record Logged(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable SpecificRecord value) {}
}
