package dev.heed.items;

import dev.heed.core.Channel;
import dev.heed.core.Envelope;
import dev.heed.event.AppealOutcome;
import dev.heed.fact.AppealDecided;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.ItemsFact;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.LogView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Each time an escalation opens or is raised, it is at a higher level than it ever was; after an appeal has overturned
 * what it was closed on, it begins anew.
 */
final class LevelsNeverFall implements Guarantee {
    private static final Envelope FACTS = new Envelope(ItemsFact.getClassSchema());

    @Override
    public List<String> breaches(LogView logs) {
        List<String> breaches = new ArrayList<>();
        Map<String, Integer> levels = new HashMap<>();
        Set<String> resolved = new HashSet<>();
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            SpecificRecord fact = FACTS.payload((ItemsFact) Objects.requireNonNull(logged.value()));
            if (fact instanceof EscalationResolved closed) {
                resolved.add(closed.getInteractionId());
            } else if (fact instanceof AppealDecided decided) {
                if (decided.getOutcome() == AppealOutcome.OVERTURNED && resolved.contains(decided.getInteractionId())) {
                    levels.remove(decided.getInteractionId());
                }
            } else if (fact instanceof EscalationOpened opened) {
                resolved.remove(opened.getInteractionId());
                rise(levels, opened.getInteractionId(), opened.getLevelIndex(), breaches);
            } else if (fact instanceof EscalationRaised raised) {
                rise(levels, raised.getInteractionId(), raised.getLevelIndex(), breaches);
            }
        }
        return breaches;
    }

    private static void rise(Map<String, Integer> levels, String id, int level, List<String> breaches) {
        Integer before = levels.put(id, level);
        if (before != null && level <= before) {
            breaches.add("escalation of " + id + " went from level " + before + " to " + level);
        }
    }
}
