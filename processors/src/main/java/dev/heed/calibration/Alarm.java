package dev.heed.calibration;

import dev.heed.core.Step;
import dev.heed.event.Dimension;
import dev.heed.fact.DriftFound;
import dev.heed.math.DetectorLog;
import dev.heed.math.Micros;
import dev.heed.out.DriftDetected;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import java.util.List;

/**
 * An alarm of a test, with the numbers that were compared.
 *
 * @param question whose test it is
 * @param rule what the policy says of the test
 * @param dimension what sort of thing drifted
 * @param subject which one
 * @param occurrence 1 for its first alarm
 * @param logNanos evidence: ln(1 + M), in billionths
 * @param thresholdMicros what the evidence, in micros, was compared with
 * @param observations since the test began or last alarmed
 * @param meanMicros their mean
 * @param comparedMicros what the mean is held against
 * @param fromMs when the first of them came
 */
public record Alarm(
        Question question,
        PressureRule rule,
        Dimension dimension,
        String subject,
        int occurrence,
        long logNanos,
        long thresholdMicros,
        long observations,
        long meanMicros,
        long comparedMicros,
        long fromMs) {

    /** Raises the alarm as the policy in force says. */
    public void emit(Step step) {
        String questionId = question.getQuestionId();
        step.emit(new DriftFound(new DriftDetected(
                String.join("|", questionId, rule.getKind().name(), dimension.name(), subject),
                occurrence,
                questionId,
                rule.getKind(),
                dimension,
                subject,
                List.copyOf(rule.getSlices()),
                DetectorLog.micros(logNanos),
                thresholdMicros,
                rule.getAlphaMicros(),
                observations,
                meanMicros,
                comparedMicros,
                fromMs,
                rule.getExposureFactorMicros(),
                step.nowMs() + rule.getExpiryMs(),
                rule.getBlocksGates(),
                question.getRubricVersion(),
                step.policy().getPolicyVersion(),
                step.nowMs())));
    }

    /** A share of a number of observations, in micros. */
    public static long shareMicros(long some, long all) {
        return all == 0 ? 0 : Micros.of((double) some / all);
    }
}
