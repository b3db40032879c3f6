package dev.heed.calibration.drift;

import dev.heed.calibration.Alarm;
import dev.heed.core.Step;
import dev.heed.event.Dimension;
import dev.heed.math.DetectorLog;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.DriftWatch;
import dev.heed.state.RaterWatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what the evidence after an outcome amounts to.
 *
 * <p>Rubric drift is named only when the pooled evidence is at its threshold whichever single rater is left out. Without
 * a bad rater's answers the pool is as sound as before, so one bad rater raises the rubric's alarm no more often than
 * the stated rate. A rater is named only while the others, pooled without them, are less than half of the way to the
 * rubric's alarm: when all drift, the one who answers most would else be blamed for it.
 */
final class Naming {
    private final Step step;
    private final Question question;
    private final @Nullable PressureRule rubricRule;
    private final @Nullable PressureRule raterRule;

    Naming(Step step, Question question, @Nullable PressureRule rubricRule, @Nullable PressureRule raterRule) {
        this.step = step;
        this.question = question;
        this.rubricRule = rubricRule;
        this.raterRule = raterRule;
    }

    void decide(Outcome outcome) {
        DriftWatch watch = Watch.read(step.state(), question.getQuestionId());
        RaterWatch rater = Objects.requireNonNull(Watch.find(watch, outcome.raterId()));
        if (rubricRule != null && isRubricDrift(watch, rubricRule)) {
            rubric(watch, rubricRule);
        } else if (raterRule != null && isRaterDrift(rater, raterRule)) {
            rater(rater, raterRule);
        }
    }

    private static boolean isRubricDrift(DriftWatch watch, PressureRule rule) {
        return DetectorLog.micros(leastWithoutOne(watch)) >= DetectorLog.thresholdMicros(rule.getAlphaMicros());
    }

    /** The pooled evidence that stands whoever is left out; none of a single rater. */
    private static long leastWithoutOne(DriftWatch watch) {
        return watch.getRaters().stream()
                .mapToLong(RaterWatch::getOthersLogNanos)
                .min()
                .orElse(DetectorLog.NONE);
    }

    private boolean isRaterDrift(RaterWatch rater, PressureRule rule) {
        boolean alarmed =
                DetectorLog.micros(rater.getOwnLogNanos()) >= DetectorLog.thresholdMicros(rule.getAlphaMicros());
        return alarmed && (rubricRule == null || !othersMove(rater, rubricRule));
    }

    private static boolean othersMove(RaterWatch rater, PressureRule rubricRule) {
        return DetectorLog.micros(rater.getOthersLogNanos())
                >= DetectorLog.thresholdMicros(rubricRule.getAlphaMicros()) / 2;
    }

    private void rubric(DriftWatch watch, PressureRule rule) {
        new Alarm(
                        question,
                        rule,
                        Dimension.QUESTION,
                        question.getQuestionId(),
                        watch.getOccurrence() + 1,
                        leastWithoutOne(watch),
                        DetectorLog.thresholdMicros(rule.getAlphaMicros()),
                        watch.getPoolOutcomes(),
                        Alarm.accuracy(watch.getPoolRight(), watch.getPoolOutcomes(), rule.getLimitMicros()),
                        watch.getPoolSinceMs())
                .emit(step);
    }

    private void rater(RaterWatch rater, PressureRule rule) {
        new Alarm(
                        question,
                        rule,
                        Dimension.RATER,
                        rater.getRaterId(),
                        rater.getOccurrence() + 1,
                        rater.getOwnLogNanos(),
                        DetectorLog.thresholdMicros(rule.getAlphaMicros()),
                        rater.getOutcomes(),
                        Alarm.accuracy(rater.getRight(), rater.getOutcomes(), rule.getLimitMicros()),
                        rater.getSinceMs())
                .emit(step);
    }
}
