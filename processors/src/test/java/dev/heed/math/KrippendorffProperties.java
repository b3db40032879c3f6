package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class KrippendorffProperties {
    @Property
    void countsAreTheSumOfWhatUnitsHoldNow(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 23) Integer> labels,
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 59) Integer> taken) {
        // Each number is a label of class n % 3 on unit n / 3; some labels are taken back in between.
        int[][] units = new int[8][3];
        long[] counts = Krippendorff.NONE;
        for (int i = 0; i < labels.size(); i++) {
            counts = changed(counts, units[labels.get(i) / 3], labels.get(i) % 3, 1);
            if (i < taken.size() && taken.get(i) <= i) {
                int label = labels.get(taken.get(i));
                counts = units[label / 3][label % 3] > 0 ? changed(counts, units[label / 3], label % 3, -1) : counts;
            }
        }
        long[] recomputed = Krippendorff.NONE;
        for (int[] unit : units) {
            recomputed = Krippendorff.plus(recomputed, unit);
        }
        assertThat(counts).isEqualTo(recomputed);
    }

    private static long[] changed(long[] counts, int[] unit, int label, int by) {
        long[] without = Krippendorff.minus(counts, unit);
        unit[label] += by;
        return Krippendorff.plus(without, unit);
    }

    @Property
    void twoEvenlySpacedClassesAgreeAlikeUnderEveryMetric(
            @ForAll @Size(min = 2, max = 30) List<@IntRange(min = 0, max = 15) Integer> units) {
        long[] counts = Krippendorff.NONE;
        for (int n : units) {
            int[] unit = {n / 4, n % 4};
            counts = Krippendorff.plus(counts, unit);
        }
        if (Krippendorff.nominal(counts, 2).isPresent()) {
            double nominal = Krippendorff.nominal(counts, 2).getAsDouble();
            assertThat(nominal).isLessThanOrEqualTo(1);
            assertThat(Krippendorff.ordinal(counts, 2).orElseThrow()).isCloseTo(nominal, within(1e-9));
            assertThat(Krippendorff.interval(counts, new double[] {-3, 4}).orElseThrow())
                    .isCloseTo(nominal, within(1e-9));
        }
    }
}
