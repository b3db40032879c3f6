package dev.heed.calibration.drift;

import dev.heed.calibration.PressureRules;
import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.DriftKind;
import dev.heed.fact.DriftFound;
import dev.heed.fact.FactHeader;
import dev.heed.fact.OutcomeWatched;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.math.DetectorLog;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.DriftWatch;
import dev.heed.state.RaterWatch;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Watches each rater and the raters together for answers that are no longer as right as they must be. It comes before
 * the feature that moves the labels: an outcome is judged by what stood before it.
 */
public final class DriftFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof LabelsSubmitted submitted) {
            decide(step, submitted);
        }
    }

    private static void decide(Step step, LabelsSubmitted submitted) {
        Question question = PressureRules.question(step.policy(), submitted.getQuestionId());
        PressureRule rubricRule = PressureRules.find(question, DriftKind.RUBRIC_DRIFT);
        PressureRule raterRule = PressureRules.find(question, DriftKind.RATER_DRIFT);
        if (question == null || (rubricRule == null && raterRule == null)) {
            return;
        }
        Outcomes outcomes = new Outcomes(step, question, raterRule == null ? 0 : raterRule.getMinConsensusMicros());
        Naming naming = new Naming(step, question, rubricRule, raterRule);
        for (Outcome outcome : outcomes.of(submitted)) {
            OutcomeWatched watched = bet(step, outcome, rubricRule, raterRule);
            if (watched != null) {
                step.emit(watched);
                naming.decide(outcome);
            }
        }
    }

    /** What is bet on the outcome, or null when nothing is. */
    private static @Nullable OutcomeWatched bet(
            Step step, Outcome outcome, @Nullable PressureRule rubricRule, @Nullable PressureRule raterRule) {
        DriftWatch watch = Watch.read(step.state(), outcome.questionId());
        RaterWatch rater = Watch.find(watch, outcome.raterId());
        // While the rubric is in question an answer is no evidence on who gave it, and the other way round.
        boolean rubricStands = watch.getUntilMs() <= step.nowMs();
        boolean raterStands = rater == null || rater.getUntilMs() <= step.nowMs();
        Long raterFactor = raterRule != null && rubricStands
                ? DetectorLog.factorNanos(raterRule.getLimitMicros(), outcome.right())
                : null;
        Long poolFactor = rubricRule != null && raterStands && outcome.speaksOfRubric()
                ? DetectorLog.factorNanos(rubricRule.getLimitMicros(), outcome.right())
                : null;
        if (raterFactor == null && poolFactor == null) {
            return null;
        }
        return new OutcomeWatched(
                outcome.questionId(),
                outcome.interactionId(),
                outcome.raterId(),
                outcome.labelId(),
                outcome.source(),
                outcome.right(),
                raterFactor,
                poolFactor);
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof OutcomeWatched watched) {
            Watch.watched(state, header, watched);
        } else if (fact instanceof DriftFound found) {
            Watch.found(state, found);
        }
    }
}
