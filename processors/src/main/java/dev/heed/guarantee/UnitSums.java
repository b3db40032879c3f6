package dev.heed.guarantee;

import dev.heed.journal.SubmittedLabel;
import dev.heed.math.IntervalAgreement;
import dev.heed.math.Krippendorff;
import dev.heed.policy.RatingScale;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The labels of people on items, as agreement is about them. */
final class UnitSums {
    private final List<String> classes;
    private final @Nullable RatingScale scale;
    private final Map<Integer, IntervalAgreement.Sums> sums = new TreeMap<>();
    private long[] pairs = Krippendorff.NONE;
    private long units;
    private long labels;

    UnitSums(List<String> classes, @Nullable RatingScale scale) {
        this.classes = classes;
        this.scale = scale;
    }

    void add(List<SubmittedLabel> said) {
        if (said.size() < 2) {
            return;
        }
        int[] unit = new int[classes.size()];
        long sum = 0;
        long squares = 0;
        for (SubmittedLabel label : said) {
            unit[classes.indexOf(label.getClassName())]++;
            long steps = steps(label);
            sum += steps;
            squares += steps * steps;
        }
        pairs = Krippendorff.plus(pairs, unit);
        units++;
        labels += said.size();
        sums.merge(
                said.size(),
                new IntervalAgreement.Sums(said.size(), 1, sum, squares, sum * sum),
                (a, b) -> new IntervalAgreement.Sums(
                        a.size(),
                        a.units() + b.units(),
                        a.sum() + b.sum(),
                        a.squares() + b.squares(),
                        a.squaredSums() + b.squaredSums()));
    }

    private long steps(SubmittedLabel label) {
        Long given = label.getRatingMicros();
        return scale == null || given == null ? 0 : (given - scale.getLowestMicros()) / scale.getStepMicros();
    }

    long units() {
        return units;
    }

    long labels() {
        return labels;
    }

    OptionalDouble alpha(boolean ordinal) {
        if (scale != null) {
            return IntervalAgreement.alpha(List.copyOf(sums.values()));
        }
        return ordinal ? Krippendorff.ordinal(pairs, classes.size()) : Krippendorff.nominal(pairs, classes.size());
    }
}
