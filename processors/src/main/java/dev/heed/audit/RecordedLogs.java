package dev.heed.audit;

import dev.heed.core.Channel;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.StoredFact;
import dev.heed.out.AuditHead;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The logs of a loop as they stand, a partition at a time and never whole in memory. */
public interface RecordedLogs {
    /**
     * One committed record as it is stored.
     *
     * @param value the stored bytes, whatever they are
     */
    record Raw(long offset, @Nullable String key, byte @Nullable [] value) {}

    /** How many partitions every topic has. */
    int partitions();

    /** The committed records of a partition, from the first. */
    Iterator<Raw> records(Channel channel, int partition);

    /** The offset up to which the stage of a journal has committed its decisions. */
    long decidedTo(Channel journal, int partition);

    /** All heads that were published, in any order. */
    List<AuditHead> heads();

    /** What a record of a journal says. */
    LogView.Logged event(Channel journal, int partition, Raw raw);

    /** What a record of a facts topic says. */
    StoredFact fact(Channel facts, Raw raw);
}
