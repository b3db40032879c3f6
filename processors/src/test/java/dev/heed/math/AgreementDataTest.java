package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.SharedFiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Agreement on real label sets, against an independent implementation. */
class AgreementDataTest {
    @Test
    void matchesTheReferenceOnEverySet() {
        List<SharedFiles.Row> expected = SharedFiles.csv("reference/agreement.csv");
        assertThat(expected).isNotEmpty();
        for (SharedFiles.Row row : expected) {
            LabelSet set = LabelSet.read(row.get("set"));
            boolean interval = row.get("metric").equals("interval");
            double alpha = interval ? interval(set) : nominal(set);
            assertThat(alpha)
                    .as(row.get("set"))
                    .isCloseTo(Double.parseDouble(row.get("krippendorff_alpha")), within(1e-6));
        }
    }

    private static double nominal(LabelSet set) {
        return Krippendorff.nominal(counts(set, set.classes()), set.classes().size())
                .orElseThrow();
    }

    private static double interval(LabelSet set) {
        List<String> numbers = set.classes().stream()
                .sorted(Comparator.comparingDouble(Double::parseDouble))
                .toList();
        double[] values = numbers.stream().mapToDouble(Double::parseDouble).toArray();
        return Krippendorff.interval(counts(set, numbers), values).orElseThrow();
    }

    // Every label arrives on its own, so most units are taken back and added again many times.
    private static long[] counts(LabelSet set, List<String> classes) {
        Map<String, int[]> units = new HashMap<>();
        long[] counts = Krippendorff.NONE;
        for (LabelSet.Label label : set.labels()) {
            int[] unit = units.computeIfAbsent(label.item(), item -> new int[classes.size()]);
            counts = Krippendorff.minus(counts, unit);
            unit[classes.indexOf(label.label())]++;
            counts = Krippendorff.plus(counts, unit);
        }
        long[] atOnce = Krippendorff.NONE;
        for (int[] unit : units.values()) {
            atOnce = Krippendorff.plus(atOnce, unit);
        }
        assertThat(Arrays.equals(counts, atOnce)).isTrue();
        return counts;
    }
}
