package dev.heed.calibration.rates;

import dev.heed.event.RaterKind;
import dev.heed.math.DetectorRates;
import dev.heed.math.Micros;
import dev.heed.out.DetectorErrorRates;
import dev.heed.state.VerdictTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The error rates that follow from the sums of one detector or judge, class by class: each class against all others.
 *
 * @param thresholdMicros the threshold behind the verdicts, or null when the class was said
 */
record RatesOf(
        String questionId,
        RaterKind kind,
        String raterId,
        @Nullable Long thresholdMicros,
        List<String> classes) {

    /** The key under which rates are published. */
    static String key(DetectorErrorRates rates) {
        Long threshold = rates.getThresholdMicros();
        return String.join(
                "|",
                rates.getQuestionId(),
                rates.getRaterId(),
                rates.getCategory(),
                threshold == null ? "" : String.valueOf(threshold));
    }

    /** @param smallestPropensityMicros the least likely item may have come with */
    List<DetectorErrorRates> all(VerdictTally tally, long smallestPropensityMicros, long nowMs) {
        List<DetectorErrorRates> all = new ArrayList<>();
        for (int category = 0; category < classes.size(); category++) {
            all.add(of(tally, category, smallestPropensityMicros, nowMs));
        }
        return all;
    }

    private DetectorErrorRates of(VerdictTally tally, int category, long smallestPropensityMicros, long nowMs) {
        long smallest = smallestPropensityMicros == 0 ? Micros.ONE : smallestPropensityMicros;
        DetectorRates rates = new DetectorRates(sums(tally, category, true), sums(tally, category, false));
        Optional<DetectorRates.Rate> positives = rates.falsePositives(DetectorRates.Z_95, smallest);
        Optional<DetectorRates.Rate> negatives = rates.falseNegatives(DetectorRates.Z_95, smallest);
        return new DetectorErrorRates(
                questionId,
                kind,
                raterId,
                classes.get(category),
                thresholdMicros,
                micros(positives.map(DetectorRates.Rate::estimate)),
                micros(positives.map(DetectorRates.Rate::low)),
                micros(positives.map(DetectorRates.Rate::high)),
                rates.clean().count(),
                micros(negatives.map(DetectorRates.Rate::estimate)),
                micros(negatives.map(DetectorRates.Rate::low)),
                micros(negatives.map(DetectorRates.Rate::high)),
                rates.violations().count(),
                nowMs);
    }

    private static @Nullable Long micros(Optional<Double> share) {
        return share.map(Micros::of).orElse(null);
    }

    /** The sums over the items that are, or are not, of the category. */
    private DetectorRates.Tally sums(VerdictTally tally, int category, boolean ofCategory) {
        int k = classes.size();
        long items = 0;
        long errors = 0;
        long errorSquares = 0;
        long others = 0;
        long otherSquares = 0;
        for (int cell = 0; cell < k * k; cell++) {
            boolean isOfCategory = cell / k == category;
            boolean flagged = cell % k == category;
            if (isOfCategory == ofCategory) {
                items += tally.getItemsMicros().get(cell);
                boolean error = flagged != isOfCategory;
                errors += error ? tally.getWeightsMicros().get(cell) : 0;
                errorSquares += error ? tally.getSquaresMilli().get(cell) : 0;
                others += error ? 0 : tally.getWeightsMicros().get(cell);
                otherSquares += error ? 0 : tally.getSquaresMilli().get(cell);
            }
        }
        return new DetectorRates.Tally(
                Math.floorDiv(items + Micros.ONE / 2, Micros.ONE), errors, errorSquares, others, otherSquares);
    }
}
