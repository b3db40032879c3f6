package dev.heed.items.escalation;

import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Acknowledge;
import dev.heed.event.Resolve;
import dev.heed.fact.EscalationAcknowledged;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.FactHeader;
import dev.heed.items.Actions;
import dev.heed.items.Items;
import dev.heed.journal.ActionAccepted;
import dev.heed.policy.EscalationLevel;
import dev.heed.state.HeldEscalation;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** People take charge of escalations and close them. */
public final class EscalationActions implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof ActionAccepted action)) {
            return;
        }
        Acknowledge acknowledge = action.getAcknowledge();
        Resolve resolve = action.getResolve();
        if (acknowledge != null) {
            HeldEscalation held = heldOrRefuse(
                    step, action, acknowledge.getInteractionId(), acknowledge.getQuestionId(), List.of(Incident.OPEN));
            if (held != null) {
                step.emit(acknowledged(action, acknowledge, held, step.nowMs()));
            }
        } else if (resolve != null) {
            HeldEscalation held = heldOrRefuse(
                    step,
                    action,
                    resolve.getInteractionId(),
                    resolve.getQuestionId(),
                    List.of(Incident.OPEN, Incident.ACKNOWLEDGED));
            if (held != null) {
                step.emit(resolved(action, resolve, held));
            }
        }
    }

    /** The escalation if it is in a state that the act is for; else refuses the act and returns null. */
    private static @Nullable HeldEscalation heldOrRefuse(
            Step step, ActionAccepted action, String interactionId, String questionId, List<String> allowed) {
        String expected = String.join(" or ", allowed);
        Item item = Items.find(step.state(), interactionId);
        if (item == null) {
            step.refuse(
                    "interaction_unknown",
                    "interaction_id: " + interactionId + " is not known (expected: an interaction with an escalation)");
            return null;
        }
        ItemQuestion held = Items.question(item, questionId);
        HeldEscalation escalation = held.getEscalation();
        if (escalation == null) {
            step.refuse(
                    "escalation_unknown",
                    "interaction " + interactionId + " has no escalation on question " + questionId
                            + " (expected: one that is " + expected + ")");
            return null;
        }
        if (!Actions.isNewOrRefuse(step, held, action)) {
            return null;
        }
        if (!allowed.contains(escalation.getState())) {
            step.refuse(
                    "escalation_" + escalation.getState(),
                    "the escalation of interaction " + interactionId + " on question " + questionId + " is "
                            + escalation.getState() + " (expected: " + expected + ")");
            return null;
        }
        return escalation;
    }

    private static EscalationAcknowledged acknowledged(
            ActionAccepted action, Acknowledge acknowledge, HeldEscalation held, long nowMs) {
        EscalationLevel level = held.getLevels().get(held.getLevelIndex());
        return new EscalationAcknowledged(
                acknowledge.getInteractionId(),
                acknowledge.getQuestionId(),
                action.getActor(),
                action.getEventId(),
                level.getName(),
                held.getLevelIndex(),
                held.getRiskMicros(),
                held.getPolicyVersion(),
                held.getNoticedAtMs(),
                held.getGroup(),
                level.getAckHoldMs() == 0 ? 0 : nowMs + level.getAckHoldMs());
    }

    private static EscalationResolved resolved(ActionAccepted action, Resolve resolve, HeldEscalation held) {
        return new EscalationResolved(
                resolve.getInteractionId(),
                resolve.getQuestionId(),
                action.getActor(),
                resolve.getResolution(),
                action.getEventId(),
                new Levels(held.getLevels()).at(held.getLevelIndex()).getName(),
                held.getLevelIndex(),
                held.getRiskMicros(),
                held.getPolicyVersion(),
                held.getNoticedAtMs(),
                held.getGroup());
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof EscalationAcknowledged done) {
            Incident.acknowledge(state, done);
        } else if (fact instanceof EscalationResolved done) {
            Incident.resolve(state, done);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof EscalationAcknowledged done) {
            Published.acknowledged(header, done).to(out);
        } else if (fact instanceof EscalationResolved done) {
            Published.resolved(header, done).to(out);
        }
    }
}
