package dev.heed.items.escalation;

import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.FactHeader;
import dev.heed.fact.Triaged;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Timers;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.Tick;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.state.HeldEscalation;
import dev.heed.state.Item;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Opens an escalation when risk reaches a level, and raises it when risk or time goes on. The levels are those of the
 * policy it was opened under. Its level never falls; once resolved, only a signal that reaches a higher level opens it
 * again.
 */
public final class Escalations implements Feature {
    /** Most escalations that time out per tick; the rest wait for the next. */
    static final int MAX_DUE_PER_TICK = 256;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            timeOut(step);
            return;
        }
        for (BeliefRecorded belief : step.facts(BeliefRecorded.class)) {
            if (!belief.getGold()) {
                long risk = belief.getScores().getRiskMicros();
                long noticed = belief.getNoticedAtMs();
                consider(step, belief.getInteractionId(), belief.getQuestionId(), risk, noticed);
            }
        }
        for (Triaged triaged : step.facts(Triaged.class)) {
            long risk = triaged.getScores().getRiskMicros();
            consider(step, triaged.getInteractionId(), triaged.getQuestionId(), risk, noticedAtMs(step.event()));
        }
    }

    /** When the signal was noticed that the event is or brings; 0 for other events. */
    private static long noticedAtMs(SpecificRecord event) {
        if (event instanceof SignalAccepted signal) {
            return signal.getOccurredAtMs();
        }
        return event instanceof FeedbackAccepted feedback ? feedback.getOccurredAtMs() : 0;
    }

    private static void consider(
            Step step, String interactionId, String questionId, long riskMicros, long noticedAtMs) {
        Item item = Objects.requireNonNull(Items.find(step.state(), interactionId));
        Question question = Questions.find(step.policy(), questionId);
        if (question == null || !question.getEscalates()) {
            return;
        }
        HeldEscalation held = Items.question(item, questionId).getEscalation();
        if (held == null || (held.getState().equals(Incident.RESOLVED) && noticedAtMs > 0)) {
            open(step, item, questionId, riskMicros, noticedAtMs, held == null ? Levels.NONE : held.getLevelIndex());
        } else if (!held.getState().equals(Incident.RESOLVED)) {
            Levels levels = new Levels(held.getLevels());
            int reached = levels.reachedBy(riskMicros);
            if (reached > held.getLevelIndex()) {
                raise(step, interactionId, questionId, held, reached, "risk", riskMicros, noticedAtMs);
            }
        }
    }

    private static void open(
            Step step, Item item, String questionId, long riskMicros, long noticedAtMs, int aboveLevel) {
        Policy policy = step.policy();
        Levels levels = new Levels(policy.getEscalationLevels());
        int reached = levels.reachedBy(riskMicros);
        if (reached <= aboveLevel) {
            return;
        }
        step.emit(new EscalationOpened(
                item.getInteraction().getInteractionId(),
                questionId,
                levels.at(reached).getName(),
                reached,
                riskMicros,
                levels.at(reached).getRiskThresholdMicros(),
                policy.getPolicyVersion(),
                levels.dueMs(reached, step.nowMs()),
                item.getInteraction().getSubject(),
                noticedAtMs,
                policy.getEscalationLevels()));
    }

    private static void raise(
            Step step,
            String interactionId,
            String questionId,
            HeldEscalation held,
            int index,
            String cause,
            long riskMicros,
            long noticedAtMs) {
        Levels levels = new Levels(held.getLevels());
        step.emit(new EscalationRaised(
                interactionId,
                questionId,
                levels.at(index).getName(),
                index,
                cause,
                riskMicros,
                levels.dueMs(index, step.nowMs()),
                held.getPolicyVersion(),
                noticedAtMs));
    }

    private static void timeOut(Step step) {
        for (String[] target : Timers.due(step.state(), Incident.TIMER, step.nowMs(), MAX_DUE_PER_TICK)) {
            HeldEscalation held = Objects.requireNonNull(
                    Items.question(step.state(), target[0], target[1]).getEscalation());
            int next = held.getLevelIndex() + 1;
            raise(step, target[0], target[1], held, next, "timeout", held.getRiskMicros(), held.getNoticedAtMs());
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof EscalationOpened opened) {
            Incident.open(state, opened);
        } else if (fact instanceof EscalationRaised raised) {
            Incident.raise(state, raised);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof EscalationOpened opened) {
            Published.opened(header, opened).to(out);
        } else if (fact instanceof EscalationRaised raised) {
            Published.raised(header, raised).to(out);
        }
    }
}
