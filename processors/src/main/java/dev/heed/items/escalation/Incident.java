package dev.heed.items.escalation;

import dev.heed.core.State;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.items.Items;
import dev.heed.items.Records;
import dev.heed.items.Timers;
import dev.heed.state.HeldEscalation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state of an escalation and its timer. A raised one is open again: other people are to take charge. */
final class Incident {
    static final String OPEN = "open";
    static final String ACKNOWLEDGED = "acknowledged";
    static final String RESOLVED = "resolved";
    static final String TIMER = "escalation";

    private Incident() {}

    static void open(State state, EscalationOpened opened) {
        put(
                state,
                opened.getInteractionId(),
                opened.getQuestionId(),
                new HeldEscalation(
                        OPEN,
                        opened.getLevelIndex(),
                        opened.getRiskMicros(),
                        opened.getDueMs(),
                        opened.getOpenedPolicyVersion(),
                        opened.getNoticedAtMs(),
                        opened.getLevels()));
    }

    static void raise(State state, EscalationRaised raised) {
        HeldEscalation held = held(state, raised.getInteractionId(), raised.getQuestionId());
        put(state, raised.getInteractionId(), raised.getQuestionId(), Records.with(held, changed -> {
            changed.setState(OPEN);
            changed.setLevelIndex(raised.getLevelIndex());
            changed.setRiskMicros(raised.getRiskMicros());
            changed.setDueMs(raised.getDueMs());
            changed.setNoticedAtMs(raised.getNoticedAtMs());
        }));
    }

    /** A person acted: nothing is due any more. */
    static void act(State state, String interactionId, String questionId, String newState, String eventId) {
        HeldEscalation held = held(state, interactionId, questionId);
        put(state, interactionId, questionId, Records.with(held, changed -> {
            changed.setState(newState);
            changed.setDueMs(0L);
        }));
        Items.updateQuestion(
                state,
                interactionId,
                questionId,
                question -> question.setActionIds(Records.plus(question.getActionIds(), eventId)));
    }

    private static HeldEscalation held(State state, String interactionId, String questionId) {
        return Objects.requireNonNull(
                Items.question(state, interactionId, questionId).getEscalation());
    }

    private static void put(State state, String interactionId, String questionId, HeldEscalation next) {
        HeldEscalation before = Items.question(state, interactionId, questionId).getEscalation();
        Timers.clear(state, TIMER, dueMs(before), interactionId, questionId);
        Items.updateQuestion(state, interactionId, questionId, question -> question.setEscalation(next));
        Timers.set(state, TIMER, next.getDueMs(), interactionId, questionId);
    }

    private static long dueMs(@Nullable HeldEscalation escalation) {
        return escalation == null ? 0 : escalation.getDueMs();
    }
}
