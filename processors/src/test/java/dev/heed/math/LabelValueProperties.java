package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LabelValueProperties {
    private static final double[][] LOSS = {{0, 5, 50}, {1, 0, 10}, {2, 2, 0}};

    @Property(tries = 200)
    void countingOutcomesAgreesWithListingEverySequence(
            @ForAll @DoubleRange(min = 0.01, max = 1) double a,
            @ForAll @DoubleRange(min = 0.01, max = 1) double b,
            @ForAll @DoubleRange(min = 0.34, max = 0.99) double accuracy,
            @ForAll @IntRange(min = 1, max = 4) int labels) {
        double[] q = {a / (a + b + 0.5), b / (a + b + 0.5), 0.5 / (a + b + 0.5)};
        double wrong = (1 - accuracy) / 2;
        double[][] rater = {{accuracy, wrong, wrong}, {wrong, accuracy, wrong}, {wrong, wrong, accuracy}};
        List<Double> gains = LabelValue.of(q, LOSS, 3, rater, labels).gainByLabels();
        double listed = LabelValue.risk(q, LOSS, 3) - 3 * lossOverSequences(q, rater, labels);
        assertThat(gains.get(labels - 1)).isCloseTo(Math.max(0, listed), within(1e-9));
        for (int m = 1; m < labels; m++) {
            assertThat(gains.get(m)).as("more labels never know less").isGreaterThanOrEqualTo(gains.get(m - 1) - 1e-9);
        }
    }

    private static double lossOverSequences(double[] joint, double[][] rater, int left) {
        if (left == 0) {
            return LabelValue.risk(joint, LOSS, 1);
        }
        double sum = 0;
        for (int said = 0; said < joint.length; said++) {
            double[] next = joint.clone();
            for (int k = 0; k < next.length; k++) {
                next[k] *= rater[k][said];
            }
            sum += lossOverSequences(next, rater, left - 1);
        }
        return sum;
    }
}
