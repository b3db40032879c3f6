package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Alpha from sums is alpha from pairs. */
class IntervalAgreementProperties {
    private static final int NUMBERS = 9;

    @Property(tries = 200)
    void sumsSayWhatPairsSay(@ForAll("units") List<List<Integer>> units) {
        long[] pairs = Krippendorff.NONE;
        Map<Integer, IntervalAgreement.Sums> sums = new TreeMap<>();
        for (List<Integer> unit : units) {
            int[] counts = new int[NUMBERS];
            unit.forEach(number -> counts[number]++);
            pairs = Krippendorff.plus(pairs, counts);
            if (unit.size() > 1) {
                long sum = unit.stream().mapToLong(Integer::longValue).sum();
                long squares = unit.stream()
                        .mapToLong(number -> (long) number * number)
                        .sum();
                sums.merge(
                        unit.size(),
                        new IntervalAgreement.Sums(unit.size(), 1, sum, squares, sum * sum),
                        (a, b) -> new IntervalAgreement.Sums(
                                a.size(),
                                a.units() + b.units(),
                                a.sum() + b.sum(),
                                a.squares() + b.squares(),
                                a.squaredSums() + b.squaredSums()));
            }
        }
        double[] values = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            values[i] = i;
        }
        OptionalDouble expected = Krippendorff.interval(pairs, values);
        OptionalDouble found = IntervalAgreement.alpha(List.copyOf(sums.values()));
        assertThat(found.isPresent()).isEqualTo(expected.isPresent());
        assertThat(found.orElse(0)).isCloseTo(expected.orElse(0), within(1e-9));
    }

    @Provide
    Arbitrary<List<List<Integer>>> units() {
        return Arbitraries.integers()
                .between(0, NUMBERS - 1)
                .list()
                .ofMaxSize(6)
                .list()
                .ofMaxSize(30);
    }
}
