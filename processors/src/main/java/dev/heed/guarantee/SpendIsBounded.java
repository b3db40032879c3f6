package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.QueuesFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At every offset: an item's counted human labels and outstanding leases are at most its question's max_raters, one for
 * a senior, and what an open appeal has added, of which no more stays than is in use; the slot of a senior is added once,
 * at max_raters labels, and nobody else takes it; an appeal is decided by who had not seen it; no
 * rater counts twice on it; and no pool hands out more labels than its bucket held, critical overdraft apart, and that
 * is in the log, nor more to a rater than their capacity, nor what they hold already or are excluded from. An item whose
 * answer is known takes no slot and is served to no rater twice.
 */
public final class SpendIsBounded implements Guarantee {
    @Override
    public List<String> breaches(LogView logs) {
        List<String> breaches = new ArrayList<>();
        Map<Integer, Slots> slots = new HashMap<>();
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            if (logged.value() instanceof ItemsFact fact) {
                slots.computeIfAbsent(logged.partition(), p -> new Slots(breaches))
                        .add(logged.offset(), fact);
            }
        }
        Map<Integer, HandOuts> handOuts = new HashMap<>();
        for (LogView.Logged logged : logs.records(Channel.QUEUES_FACTS)) {
            if (logged.value() instanceof QueuesFact fact) {
                handOuts.computeIfAbsent(logged.partition(), p -> new HandOuts(p, breaches))
                        .add(logged.offset(), fact);
            }
        }
        return breaches;
    }
}
