package dev.heed.items.arrival;

import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.fact.EventParked;
import dev.heed.items.Timers;
import dev.heed.state.ParkedEvents;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** The events that wait for an interaction, and the time at which the first of them is given up. */
final class ParkedStore {
    private static final String TIMER = "parked";

    private ParkedStore() {}

    /** What waits for the interaction, in order of arrival. */
    static List<EventParked> waiting(StateReader state, String interactionId) {
        ParkedEvents parked = state.get(key(interactionId), ParkedEvents.class);
        return parked == null ? List.of() : parked.getEvents();
    }

    /** At most {@code limit} interactions of which something has waited too long. */
    static List<String> overdue(StateReader state, long nowMs, int limit) {
        return Timers.due(state, TIMER, nowMs, limit).stream()
                .map(target -> target[0])
                .toList();
    }

    /** What of the interaction has waited too long. */
    static List<EventParked> expired(StateReader state, String interactionId, long nowMs) {
        return waiting(state, interactionId).stream()
                .filter(parked -> parked.getUntilMs() <= nowMs)
                .toList();
    }

    /** The event itself. */
    static SpecificRecord event(EventParked parked) {
        if (parked.getSignal() != null) {
            return parked.getSignal();
        }
        if (parked.getFeedback() != null) {
            return parked.getFeedback();
        }
        return parked.getAction() != null ? parked.getAction() : Objects.requireNonNull(parked.getConsent());
    }

    /** Adds one; of consent decisions only the latest waits. */
    static void add(State state, EventParked parked) {
        List<EventParked> others = waiting(state, parked.getInteractionId());
        if (parked.getConsent() != null) {
            others = Records.without(others, each -> each.getConsent() != null);
        }
        replace(state, parked.getInteractionId(), Records.plus(others, parked));
    }

    static void removeExpired(State state, String interactionId, long nowMs) {
        List<EventParked> left = Records.without(waiting(state, interactionId), parked -> parked.getUntilMs() <= nowMs);
        replace(state, interactionId, left);
    }

    static void removeAll(State state, String interactionId) {
        replace(state, interactionId, List.of());
    }

    private static void replace(State state, String interactionId, List<EventParked> events) {
        Timers.clear(state, TIMER, firstDueMs(waiting(state, interactionId)), interactionId);
        if (events.isEmpty()) {
            state.delete(key(interactionId));
        } else {
            state.put(key(interactionId), new ParkedEvents(events));
            Timers.set(state, TIMER, firstDueMs(events), interactionId);
        }
    }

    private static long firstDueMs(List<EventParked> events) {
        return events.stream().mapToLong(EventParked::getUntilMs).min().orElse(0);
    }

    private static String key(String interactionId) {
        return Keys.of("parked", interactionId);
    }
}
