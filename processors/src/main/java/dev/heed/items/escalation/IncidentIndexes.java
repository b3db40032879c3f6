package dev.heed.items.escalation;

import dev.heed.core.State;
import dev.heed.items.Timers;
import dev.heed.state.HeldEscalation;
import dev.heed.state.IncidentRef;
import org.jspecify.annotations.Nullable;

/** What is found by an incident, and when: its timers, its group, what mutes it and what it mutes. */
final class IncidentIndexes {
    /** Timer of open incidents that nobody acknowledges. */
    static final String UNACKNOWLEDGED = "escalation";
    /** Timer of acknowledgements. */
    static final String ACKNOWLEDGED = "acknowledgement";

    private IncidentIndexes() {}

    /** Replaces what an incident had in the indexes by what it has now. */
    static void move(
            State state,
            String interactionId,
            String questionId,
            @Nullable HeldEscalation before,
            HeldEscalation after) {
        if (before != null) {
            remove(state, before, new IncidentRef(interactionId, questionId, before.getLevelIndex()));
        }
        add(state, after, new IncidentRef(interactionId, questionId, after.getLevelIndex()));
        if (before != null && Incident.unresolved(before)) {
            for (String mute : Mutes.inhibited(before)) {
                if (Mutes.highestInhibitor(state, mute) < before.getLevelIndex()) {
                    Mutes.lift(state, mute);
                }
            }
        }
    }

    private static void add(State state, HeldEscalation held, IncidentRef incident) {
        Timers.set(state, UNACKNOWLEDGED, held.getDueMs(), incident.getInteractionId(), incident.getQuestionId());
        Timers.set(state, ACKNOWLEDGED, held.getAckExpiresMs(), incident.getInteractionId(), incident.getQuestionId());
        if (!Incident.unresolved(held)) {
            return;
        }
        Groups.count(state, held, 1);
        if (held.getNotifyDueMs() > 0) {
            Groups.addPending(state, held, incident);
        }
        if (held.getMutedBy() != null) {
            Mutes.addMuted(state, held.getMutedBy(), incident);
        }
        for (String mute : Mutes.inhibited(held)) {
            Mutes.addInhibitor(state, mute, incident);
        }
    }

    private static void remove(State state, HeldEscalation held, IncidentRef incident) {
        Timers.clear(state, UNACKNOWLEDGED, held.getDueMs(), incident.getInteractionId(), incident.getQuestionId());
        Timers.clear(
                state, ACKNOWLEDGED, held.getAckExpiresMs(), incident.getInteractionId(), incident.getQuestionId());
        if (!Incident.unresolved(held)) {
            return;
        }
        if (held.getNotifyDueMs() > 0) {
            Groups.removePending(state, held, incident);
        }
        Groups.count(state, held, -1);
        if (held.getMutedBy() != null) {
            Mutes.removeMuted(state, held.getMutedBy(), incident);
        }
        for (String mute : Mutes.inhibited(held)) {
            Mutes.removeInhibitor(state, mute, incident);
        }
    }
}
