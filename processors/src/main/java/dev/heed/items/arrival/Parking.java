package dev.heed.items.arrival;

import dev.heed.core.Events;
import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.EventParked;
import dev.heed.fact.EventRefused;
import dev.heed.fact.FactHeader;
import dev.heed.fact.InteractionRecorded;
import dev.heed.fact.ParkedExpired;
import dev.heed.fact.ParkedReleased;
import dev.heed.items.Items;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.Tick;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Keeps events that came before their interaction, until it comes or they have waited too long. */
public final class Parking implements Feature {
    /** Most events parked per interaction whatever the policy says: all are decided in the wake of one record. */
    static final int MOST_PARKED = 512;

    /** Most events given up per tick; the rest wait for the next. */
    static final int MAX_EXPIRED_PER_TICK = 256;

    /** How long a consent decision waits. A grant that got lost would cost rows for ever, so: a week. */
    static final long EARLY_CONSENT_MS = 7L * 24 * 60 * 60 * 1000;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            expire(step);
            return;
        }
        for (InteractionRecorded recorded : step.facts(InteractionRecorded.class)) {
            release(step, recorded.getInteraction().getInteractionId());
        }
        String interactionId = awaited(step.event());
        if (interactionId != null && Items.find(step.state(), interactionId) == null) {
            park(step, interactionId);
        }
    }

    /** The interaction that an event is about, if it can wait for it. */
    private static @Nullable String awaited(SpecificRecord event) {
        if (event instanceof SignalAccepted signal) {
            return signal.getInteractionId();
        }
        if (event instanceof FeedbackAccepted feedback) {
            return feedback.getInteractionId();
        }
        if (event instanceof ActionAccepted action && action.getGold() != null) {
            return action.getGold().getInteractionId();
        }
        return event instanceof ConsentDecided consent ? consent.getInteractionId() : null;
    }

    private static void park(Step step, String interactionId) {
        List<EventParked> waiting = ParkedStore.waiting(step.state(), interactionId);
        if (step.event() instanceof ConsentDecided consent) {
            parkConsent(step, consent, waiting);
            return;
        }
        String eventId = Events.id(step.event());
        int most = Math.min(MOST_PARKED, step.policy().getMaxParked());
        if (waiting.stream().anyMatch(parked -> parked.getEventId().equals(eventId))) {
            step.ignoreDuplicate();
        } else if (waiting.stream()
                        .filter(parked -> parked.getConsent() == null)
                        .count()
                >= most) {
            step.refuse(
                    "parked_full",
                    "interaction_id: " + interactionId + " has not come, and " + most
                            + " events wait for it already (expected: the interaction first)");
        } else {
            step.emit(new EventParked(
                    interactionId,
                    eventId,
                    step.nowMs(),
                    step.nowMs() + step.policy().getParkMs(),
                    step.source(),
                    step.event() instanceof SignalAccepted signal ? signal : null,
                    step.event() instanceof FeedbackAccepted feedback ? feedback : null,
                    step.event() instanceof ActionAccepted action ? action : null,
                    null));
        }
    }

    private static void parkConsent(Step step, ConsentDecided consent, List<EventParked> waiting) {
        boolean news = waiting.stream()
                .map(EventParked::getConsent)
                .filter(Objects::nonNull)
                .allMatch(held -> consent.getEpoch() > held.getEpoch());
        if (news) {
            long untilMs = step.nowMs() + EARLY_CONSENT_MS;
            step.emit(new EventParked(
                    consent.getInteractionId(), "", step.nowMs(), untilMs, step.source(), null, null, null, consent));
        } else {
            step.ignoreDuplicate();
        }
    }

    private static void release(Step step, String interactionId) {
        List<EventParked> waiting = ParkedStore.waiting(step.state(), interactionId);
        if (!waiting.isEmpty()) {
            step.emit(new ParkedReleased(interactionId, waiting.size()));
            waiting.forEach(parked -> step.thenDecide(ParkedStore.event(parked), parked.getSource()));
        }
    }

    private static void expire(Step step) {
        int expired = 0;
        for (String interactionId : ParkedStore.overdue(step.state(), step.nowMs(), MAX_EXPIRED_PER_TICK)) {
            List<EventParked> events = ParkedStore.expired(step.state(), interactionId, step.nowMs());
            if (expired > 0 && expired + events.size() > MAX_EXPIRED_PER_TICK) {
                return;
            }
            expired += events.size();
            step.emit(new ParkedExpired(interactionId, events.size()));
            events.forEach(parked -> step.emit(refusal(step, parked)));
        }
    }

    private static EventRefused refusal(Step step, EventParked parked) {
        SpecificRecord event = ParkedStore.event(parked);
        long waitedMs = step.nowMs() - parked.getParkedAtMs();
        return new EventRefused(
                parked.getEventId(),
                Events.type(event),
                "interaction_unknown",
                "interaction_id: " + parked.getInteractionId() + " has not come in " + waitedMs
                        + " ms (expected: it within " + (parked.getUntilMs() - parked.getParkedAtMs())
                        + " ms of what is about it)",
                event.toString(),
                parked.getSource());
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof EventParked parked) {
            ParkedStore.add(state, parked);
        } else if (fact instanceof ParkedReleased released) {
            ParkedStore.removeAll(state, released.getInteractionId());
        } else if (fact instanceof ParkedExpired expired) {
            ParkedStore.removeExpired(state, expired.getInteractionId(), header.getTimeMs());
        }
    }
}
