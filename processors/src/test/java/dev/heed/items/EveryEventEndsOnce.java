package dev.heed.items;

import dev.heed.core.Channel;
import dev.heed.core.Envelope;
import dev.heed.core.Events;
import dev.heed.event.Coordinates;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EscalationAcknowledged;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.EventParked;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GoldAnswered;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.InteractionRecorded;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.LabelAccepted;
import dev.heed.fact.LabelKept;
import dev.heed.fact.LabelReplaced;
import dev.heed.fact.RaterRecorded;
import dev.heed.fact.SignalRecorded;
import dev.heed.fact.SilenceEnded;
import dev.heed.fact.SilenceStarted;
import dev.heed.fact.VerdictRecorded;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.LogView;
import dev.heed.journal.ItemsEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Each event from outside is acted on, or ignored as a repeat, or refused, exactly once; or it still waits. */
final class EveryEventEndsOnce implements Guarantee {
    private static final Envelope EVENTS = new Envelope(ItemsEvent.getClassSchema());
    private static final Envelope FACTS = new Envelope(ItemsFact.getClassSchema());

    @Override
    public List<String> breaches(LogView logs) {
        Map<Long, String> eventIds = new TreeMap<>();
        Map<Long, Integer> ends = new HashMap<>();
        Map<String, Long> waiting = new HashMap<>();
        for (LogView.Logged logged : logs.records(Channel.ITEMS_JOURNAL)) {
            ItemsEvent event = (ItemsEvent) Objects.requireNonNull(logged.value());
            if (event.getSource() != null) {
                eventIds.put(event.getSource().getOffset(), Events.id(EVENTS.payload(event)));
            }
        }
        List<String> breaches = new ArrayList<>();
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            ItemsFact envelope = (ItemsFact) Objects.requireNonNull(logged.value());
            SpecificRecord fact = FACTS.payload(envelope);
            long offset = envelope.getHeader().getJournalOffset();
            if (fact instanceof EventParked parked && parked.getConsent() == null) {
                waiting.put(parked.getEventId(), offset);
            } else if (fact instanceof EventRefused refused) {
                end(ends, refused.getSource());
                waiting.remove(refused.getEventId());
            } else if (fact instanceof DuplicateIgnored ignored) {
                end(ends, ignored.getSource());
                waiting.values().removeIf(parkedAt -> isAt(ignored.getSource(), parkedAt));
            } else if (accepted(fact) != null) {
                String eventId = Objects.requireNonNull(accepted(fact));
                Long parkedAt = waiting.remove(eventId);
                ends.merge(parkedAt == null ? offset : parkedAt, 1, Integer::sum);
            }
        }
        eventIds.forEach((offset, eventId) -> {
            int found = ends.getOrDefault(offset, 0) + (waiting.containsValue(offset) ? 1 : 0);
            if (found != 1) {
                breaches.add("event " + eventId + " at " + offset + " came to " + found + " ends");
            }
        });
        return breaches;
    }

    /** A parked event may turn out to be a repeat once its interaction is there. */
    private static boolean isAt(@Nullable Coordinates source, long offset) {
        return source != null && source.getOffset() == offset;
    }

    private static void end(Map<Long, Integer> ends, @Nullable Coordinates source) {
        if (source != null) {
            ends.merge(source.getOffset(), 1, Integer::sum);
        }
    }

    /** Id of the event that the fact acts on, or null when it acts on none. */
    private static @Nullable String accepted(SpecificRecord fact) {
        if (fact instanceof InteractionRecorded recorded) {
            return recorded.getInteraction().getEventId();
        } else if (fact instanceof SignalRecorded recorded) {
            return recorded.getSignal().getEventId();
        } else if (fact instanceof VerdictRecorded recorded) {
            return recorded.getFeedback().getEventId();
        } else if (fact instanceof LabelAccepted label) {
            return label.getFeedback().getEventId();
        } else if (fact instanceof LabelKept label) {
            return label.getFeedback().getEventId();
        } else if (fact instanceof LabelReplaced label) {
            return label.getFeedback().getEventId();
        } else if (fact instanceof GoldAnswered answered) {
            return answered.getFeedback().getEventId();
        } else if (fact instanceof GoldRecorded recorded) {
            return recorded.getEventId();
        } else if (fact instanceof EscalationAcknowledged done) {
            return done.getEventId();
        } else if (fact instanceof EscalationResolved done) {
            return done.getEventId();
        }
        if (fact instanceof SilenceStarted started) {
            return started.getEventId();
        } else if (fact instanceof SilenceEnded ended && !ended.getEventId().isEmpty()) {
            return ended.getEventId();
        }
        return fact instanceof RaterRecorded recorded ? recorded.getProfile().getEventId() : null;
    }
}
