package dev.heed.items.escalation;

import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.AppealOutcome;
import dev.heed.fact.AppealDecided;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationSubsided;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ScoreParts;
import dev.heed.fact.Triaged;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Timers;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.Tick;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.state.HeldEscalation;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Opens an escalation when risk reaches a level, and raises it when risk or time goes on. The levels and rules are those
 * of the policy it was opened under. Its level never falls. Once a person has closed it, only a signal that reaches a
 * higher level opens it again, or an appeal that overturns the judgment it was closed on; one that was closed because
 * its risk fell opens again when risk rises.
 */
public final class Escalations implements Feature {
    /** Most escalations that time out per tick; the rest wait for the next. */
    static final int MAX_DUE_PER_TICK = 256;

    private static final String RISK = "risk";
    // What calibration names as the cause when it set labels of a superseded rubric aside.
    private static final String RUBRIC = "rubric_superseded";
    private static final String TIMEOUT = "timeout";
    private static final String OFF_HOURS = "off_hours";

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            timeOut(step);
        }
        for (BeliefRecorded belief : step.facts(BeliefRecorded.class)) {
            // That labels were set aside says nothing of the item, so it neither raises nor closes anything.
            if (!belief.getGold() && !belief.getCausedBy().equals(RUBRIC)) {
                long risk = belief.getScores().getRiskMicros();
                long noticed = belief.getNoticedAtMs();
                consider(step, belief.getInteractionId(), belief.getQuestionId(), risk, noticed);
            }
        }
        for (Triaged triaged : step.facts(Triaged.class)) {
            long risk = triaged.getScores().getRiskMicros();
            consider(step, triaged.getInteractionId(), triaged.getQuestionId(), risk, noticedAtMs(step.event()));
        }
        for (AppealDecided decided : step.facts(AppealDecided.class)) {
            if (decided.getOutcome() == AppealOutcome.OVERTURNED) {
                overturned(step, decided);
            }
        }
    }

    /** Whoever closed the escalation went by a judgment that no longer stands, so it is asked about as a new one. */
    private static void overturned(Step step, AppealDecided decided) {
        Question question = Questions.find(step.policy(), decided.getQuestionId());
        Item item = Objects.requireNonNull(Items.find(step.state(), decided.getInteractionId()));
        ItemQuestion held = Items.question(item, decided.getQuestionId());
        HeldEscalation closed = held.getEscalation();
        ScoreParts scores = held.getScores();
        if (question != null
                && question.getEscalates()
                && scores != null
                && closed != null
                && !Incident.unresolved(closed)
                && !closed.getSubsided()) {
            open(step, item, decided.getQuestionId(), scores.getRiskMicros(), 0, Levels.NONE);
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
        if (held == null || held.getSubsided()) {
            open(step, item, questionId, riskMicros, noticedAtMs, Levels.NONE);
        } else if (Incident.unresolved(held)) {
            riskMoved(step, interactionId, questionId, held, riskMicros, noticedAtMs);
        } else if (noticedAtMs > 0) {
            open(step, item, questionId, riskMicros, noticedAtMs, held.getLevelIndex());
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
        String interactionId = item.getInteraction().getInteractionId();
        EscalationLevel level = levels.at(reached);
        IncidentLabels labels =
                new IncidentLabels(IncidentLabels.fixed(item.getInteraction(), questionId), level.getName());
        step.emit(new EscalationOpened(
                interactionId,
                questionId,
                level.getName(),
                reached,
                riskMicros,
                level.getRiskThresholdMicros(),
                policy.getPolicyVersion(),
                levels.dueMs(reached, Hours.next(level, step.nowMs())),
                item.getInteraction().getSubject(),
                noticedAtMs,
                policy.getEscalationLevels(),
                policy.getEscalation(),
                labels.group(policy.getEscalation().getGroupBy()),
                labels.fixed()));
        passOn(step, interactionId, questionId);
    }

    private static void riskMoved(
            Step step,
            String interactionId,
            String questionId,
            HeldEscalation held,
            long riskMicros,
            long noticedAtMs) {
        Levels levels = new Levels(held.getLevels());
        int reached = levels.reachedBy(riskMicros);
        EscalationLevel level = levels.at(held.getLevelIndex());
        if (reached > held.getLevelIndex()) {
            raise(step, interactionId, questionId, reached, RISK, riskMicros, noticedAtMs);
        } else if (riskMicros < level.getResolveBelowMicros()) {
            step.emit(new EscalationSubsided(
                    interactionId,
                    questionId,
                    level.getName(),
                    held.getLevelIndex(),
                    riskMicros,
                    level.getResolveBelowMicros(),
                    held.getPolicyVersion(),
                    held.getNoticedAtMs(),
                    held.getGroup()));
        }
    }

    private static void timeOut(Step step) {
        for (String[] target :
                Timers.due(step.state(), IncidentIndexes.UNACKNOWLEDGED, step.nowMs(), MAX_DUE_PER_TICK)) {
            HeldEscalation held = Incident.held(step.state(), target[0], target[1]);
            int next = held.getLevelIndex() + 1;
            raise(step, target[0], target[1], next, TIMEOUT, held.getRiskMicros(), held.getNoticedAtMs());
        }
    }

    private static void raise(
            Step step,
            String interactionId,
            String questionId,
            int index,
            String cause,
            long riskMicros,
            long noticedAtMs) {
        HeldEscalation held = Incident.held(step.state(), interactionId, questionId);
        Levels levels = new Levels(held.getLevels());
        EscalationLevel level = levels.at(index);
        step.emit(new EscalationRaised(
                interactionId,
                questionId,
                level.getName(),
                index,
                cause,
                riskMicros,
                levels.dueMs(index, Hours.next(level, step.nowMs())),
                held.getPolicyVersion(),
                noticedAtMs,
                new IncidentLabels(held.getLabels(), level.getName())
                        .group(held.getRules().getGroupBy()),
                held.getGroup(),
                cause.equals(RISK) ? level.getRiskThresholdMicros() : 0L));
        if (!cause.equals(OFF_HOURS)) {
            passOn(step, interactionId, questionId);
        }
    }

    /** Where nobody is there and the policy says so, the next level is asked. */
    private static void passOn(Step step, String interactionId, String questionId) {
        HeldEscalation held = Incident.held(step.state(), interactionId, questionId);
        Levels levels = new Levels(held.getLevels());
        for (int index = held.getLevelIndex();
                !levels.isLast(index) && Hours.passedOn(levels.at(index), step.nowMs());
                index++) {
            raise(step, interactionId, questionId, index + 1, OFF_HOURS, held.getRiskMicros(), held.getNoticedAtMs());
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof EscalationOpened opened) {
            Incident.open(state, opened);
        } else if (fact instanceof EscalationRaised raised) {
            Incident.raise(state, raised);
        } else if (fact instanceof EscalationSubsided subsided) {
            Incident.subside(state, subsided);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof EscalationOpened opened) {
            Published.opened(header, opened).to(out);
        } else if (fact instanceof EscalationRaised raised) {
            Published.raised(header, raised).to(out);
        } else if (fact instanceof EscalationSubsided subsided) {
            Published.subsided(header, subsided).to(out);
        }
    }
}
