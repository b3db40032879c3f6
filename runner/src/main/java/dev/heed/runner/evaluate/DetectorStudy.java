package dev.heed.runner.evaluate;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.out.DetectorErrorRates;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Simulated detectors whose flagged items are all judged, and whose other items only when exploration draws them: how
 * often does the interval of a published rate hold the true one?
 *
 * @param runs detectors of each sort
 */
record DetectorStudy(int runs, long seed) {
    /**
     * A sort of detector and the stream it works on.
     *
     * @param items that it sees
     * @param prevalence share of violations
     * @param falsePositive share of clean items that it flags
     * @param falseNegative share of violations that it does not flag
     * @param exploration share of items not flagged that are judged
     */
    record Sort(int items, double prevalence, double falsePositive, double falseNegative, double exploration) {}

    /** Share of intervals that hold the true rate. */
    record Coverage(Sort sort, double falsePositives, double falseNegatives) {}

    static final List<Sort> SORTS = List.of(
            new Sort(1_000, 0.3, 0.1, 0.2, 0.1),
            new Sort(1_000, 0.3, 0.1, 0.1, 0.2),
            new Sort(2_000, 0.2, 0.1, 0.2, 0.1),
            new Sort(2_000, 0.3, 0.05, 0.3, 0.05),
            new Sort(4_000, 0.1, 0.03, 0.3, 0.1),
            new Sort(500, 0.5, 0.2, 0.2, 0.3));

    private static final int FALSE_POSITIVE = 0;
    private static final int FALSE_NEGATIVE = 1;

    Coverage of(Sort sort) {
        long[] held = IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> held(sort, run))
                .reduce(new long[2], (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
        return new Coverage(sort, held[FALSE_POSITIVE] / (double) runs, held[FALSE_NEGATIVE] / (double) runs);
    }

    /** Whether each of the two intervals holds its true rate, as 1 or 0. */
    private long[] held(Sort sort, int run) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + SORTS.indexOf(sort) * 100_003L + run);
        long explorationMicros = Math.round(sort.exploration() * 1e6);
        CalibrationRun calibration = new CalibrationRun(null, explorationMicros);
        for (int item = 0; item < sort.items(); item++) {
            boolean violation = random.nextDouble() < sort.prevalence();
            boolean flagged = random.nextDouble() < (violation ? 1 - sort.falseNegative() : sort.falsePositive());
            boolean explored = random.nextDouble() < sort.exploration();
            if (flagged || explored) {
                calibration.judged(
                        "item-" + item, violation, "filter", flagged, flagged ? 1_000_000 : explorationMicros);
            }
        }
        DetectorErrorRates rates = published(calibration.tickAfter(1));
        return new long[] {
            holds(rates.getFalsePositiveLowMicros(), rates.getFalsePositiveHighMicros(), sort.falsePositive()),
            holds(rates.getFalseNegativeLowMicros(), rates.getFalseNegativeHighMicros(), sort.falseNegative())
        };
    }

    private static DetectorErrorRates published(List<Outgoing> outgoing) {
        for (Outgoing each : outgoing) {
            if (each.channel() == Channel.DETECTOR_RATES
                    && Objects.requireNonNull(each.value()) instanceof DetectorErrorRates rates
                    && rates.getCategory().equals(CalibrationRun.BAD)) {
                return rates;
            }
        }
        throw new IllegalStateException("no rates were published (expected: those of the detector)");
    }

    private static long holds(@Nullable Long lowMicros, @Nullable Long highMicros, double rate) {
        return lowMicros != null && highMicros != null && lowMicros <= rate * 1e6 && rate * 1e6 <= highMicros ? 1 : 0;
    }
}
