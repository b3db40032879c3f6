package dev.heed.calibration.rates;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Keys;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.RatesCompared;
import dev.heed.out.DetectorErrorRates;
import dev.heed.policy.Policy;
import dev.heed.state.QuestionTally;
import dev.heed.state.Timer;
import dev.heed.state.VerdictTally;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the error rates of one detector with the published ones; they are told when any moved beyond the tolerance. */
final class Comparison {
    private Comparison() {}

    static void decide(Step step, Timer due) {
        String key = due.getTarget();
        String[] parts = Keys.parts(key);
        String questionId = parts[1];
        RaterKind kind = RaterKind.valueOf(parts[2]);
        Long threshold = parts[4].isEmpty() ? null : Long.valueOf(parts[4]);
        List<String> classes = Objects.requireNonNull(
                        step.state().get(CalibrationKeys.question(questionId), QuestionTally.class))
                .getClasses();
        VerdictTally tally = Objects.requireNonNull(step.state().get(key, VerdictTally.class));
        Policy policy = step.policy();
        List<DetectorErrorRates> rates = new RatesOf(questionId, kind, parts[3], threshold, classes)
                .all(tally, policy.getExplorationMicros(), step.nowMs());
        boolean moved = haveMoved(tally.getPublished(), rates, policy.getModelToleranceMicros());
        step.emit(new RatesCompared(questionId, kind, parts[3], threshold, due.getDueMs(), moved ? rates : List.of()));
    }

    private static boolean haveMoved(
            List<DetectorErrorRates> published, List<DetectorErrorRates> rates, long toleranceMicros) {
        if (published.size() != rates.size()) {
            return true;
        }
        for (int i = 0; i < rates.size(); i++) {
            DetectorErrorRates before = published.get(i);
            DetectorErrorRates now = rates.get(i);
            if (isBeyond(before.getFalsePositiveMicros(), now.getFalsePositiveMicros(), toleranceMicros)
                    || isBeyond(before.getFalsePositiveLowMicros(), now.getFalsePositiveLowMicros(), toleranceMicros)
                    || isBeyond(before.getFalsePositiveHighMicros(), now.getFalsePositiveHighMicros(), toleranceMicros)
                    || isBeyond(before.getFalseNegativeMicros(), now.getFalseNegativeMicros(), toleranceMicros)
                    || isBeyond(before.getFalseNegativeLowMicros(), now.getFalseNegativeLowMicros(), toleranceMicros)
                    || isBeyond(
                            before.getFalseNegativeHighMicros(), now.getFalseNegativeHighMicros(), toleranceMicros)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBeyond(@Nullable Long before, @Nullable Long now, long toleranceMicros) {
        if (before == null || now == null) {
            return !Objects.equals(before, now);
        }
        return Math.abs(before - now) > toleranceMicros;
    }
}
