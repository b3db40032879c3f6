package dev.heed.items;

import dev.heed.core.Channel;
import dev.heed.core.Envelope;
import dev.heed.fact.ItemsFact;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.LogView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** Holds what the facts of items say against what is expected, once all facts of a journal record are read. */
public abstract class AfterEachRecord implements Guarantee {
    private static final Envelope FACTS = new Envelope(ItemsFact.getClassSchema());

    @Override
    public final List<String> breaches(LogView logs) {
        List<String> breaches = new ArrayList<>();
        long offset = -1;
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            ItemsFact envelope = (ItemsFact) Objects.requireNonNull(logged.value());
            if (envelope.getHeader().getJournalOffset() != offset) {
                compare(offset, breaches);
                offset = envelope.getHeader().getJournalOffset();
            }
            read(FACTS.payload(envelope));
        }
        compare(offset, breaches);
        return breaches;
    }

    /** Takes one fact in. */
    protected abstract void read(SpecificRecord fact);

    /** Adds what is wrong after a journal record; before the first its offset is -1. */
    protected abstract void compare(long offset, List<String> breaches);
}
