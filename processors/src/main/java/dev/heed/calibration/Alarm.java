package dev.heed.calibration;

import dev.heed.core.Step;
import dev.heed.event.Dimension;
import dev.heed.fact.DriftFound;
import dev.heed.math.DetectorLog;
import dev.heed.math.Micros;
import dev.heed.out.DriftDetected;
import dev.heed.out.DriftMeasure;
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
 * @param measures what was measured over them, and what it is held against
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
        List<DriftMeasure> measures,
        long fromMs) {

    /** Raises the alarm as the policy in force says. */
    public void emit(Step step) {
        emit(step, "");
    }

    /** As {@link #emit(Step)}, because a signal from outside says so. */
    public void emit(Step step, String signalId) {
        String questionId = question.getQuestionId();
        DriftDetected drift = new DriftDetected(
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
                measures,
                fromMs,
                rule.getExposureFactorMicros(),
                step.nowMs() + rule.getExpiryMs(),
                rule.getBlocksGates(),
                question.getRubricVersion(),
                step.policy().getPolicyVersion(),
                step.nowMs());
        step.emit(new DriftFound(drift, signalId));
    }

    /** The share of right answers, held against what is required. */
    public static List<DriftMeasure> accuracy(long right, long all, long requiredMicros) {
        return List.of(new DriftMeasure("accuracy", Micros.of((double) right / all), requiredMicros));
    }
}
