package dev.heed.runner.evaluate.drift;

import dev.heed.event.DriftKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Simulates streams without and with drift and counts what the stage says of them.
 *
 * @param streams null streams of each test
 * @param cases shifted cases of each test
 * @param seed of all simulations
 */
record DriftStudy(int streams, int cases, long seed) {
    static final int RATERS = 8;
    static final int GOLDS = 100;
    static final int GOLDS_BEFORE = 50;
    static final int GOLDS_AFTER = 150;
    static final double ACCURACY = 0.92;
    static final double RUBRIC_SHIFT = 0.6;
    static final double RATER_SHIFT = 0.5;
    static final int JUDGMENTS_BEFORE = 600;
    static final int JUDGMENTS_AFTER = 800;

    private static final long MICROS = 1_000_000;

    /**
     * Alarms where there was nothing.
     *
     * @param observations in all streams together
     * @param stated most alarms to be expected: α · observations, and where a baseline is learned its error · streams
     */
    record NullFigure(String test, int streams, long observations, double stated, long alarms) {}

    /**
     * Alarms where there was something.
     *
     * @param size what shifted
     * @param namedRightly cases in which all alarms came after the shift and named it
     * @param medianDelay from the shift to the first alarm, over the cases with one; in items
     */
    record ShiftFigure(String test, String size, int cases, long namedRightly, double medianDelay) {
        double share() {
            return (double) namedRightly / cases;
        }
    }

    List<NullFigure> nulls() {
        List<NullFigure> figures = new ArrayList<>();
        double required = (double) RaterCase.REQUIRED_MICROS / MICROS;
        RaterCase nothing = new RaterCase(RATERS, 0, GOLDS, required, required, 0);
        List<RaterCase.Found> found = all(streams, nothing::run);
        long outcomes = (long) streams * RATERS * GOLDS;
        double stated = (double) RaterCase.ALPHA_MICROS / MICROS * outcomes;
        for (DriftKind kind : List.of(DriftKind.RATER_DRIFT, DriftKind.RUBRIC_DRIFT)) {
            long alarms = found.stream().mapToLong(each -> each.count(kind)).sum();
            figures.add(new NullFigure(kind.name(), streams, outcomes, stated, alarms));
        }
        for (PressureCase pressure : PressureCase.values()) {
            figures.add(nothing(pressure));
        }
        return figures;
    }

    private NullFigure nothing(PressureCase pressure) {
        long alarms = all(streams, each -> pressure.run(each, JUDGMENTS_BEFORE, JUDGMENTS_AFTER, false)).stream()
                .mapToLong(found -> found.alarms().size())
                .sum();
        long judgments = (long) streams * (JUDGMENTS_BEFORE + JUDGMENTS_AFTER);
        double stated = (double) PressureCase.ALPHA_MICROS / MICROS * judgments;
        double misled = pressure.learnsBaseline() ? (double) PressureCase.BASELINE_ERROR_MICROS / MICROS * streams : 0;
        return new NullFigure(pressure.name(), streams, judgments, stated + misled, alarms);
    }

    List<ShiftFigure> shifts() {
        List<ShiftFigure> figures = new ArrayList<>();
        figures.add(raters("rubric", RATERS, RUBRIC_SHIFT, DriftKind.RUBRIC_DRIFT, CalibrationTask.QUESTION));
        figures.add(raters("single rater", 1, RATER_SHIFT, DriftKind.RATER_DRIFT, RaterCase.rater(0)));
        for (PressureCase pressure : PressureCase.values()) {
            figures.add(shift(pressure));
        }
        return figures;
    }

    private ShiftFigure raters(String what, int drifting, double shifted, DriftKind kind, String subject) {
        RaterCase shift = new RaterCase(RATERS, GOLDS_BEFORE, GOLDS_AFTER, ACCURACY, shifted, drifting);
        List<RaterCase.Found> found = all(cases, shift::run);
        long rightly = found.stream().filter(each -> each.isOnly(kind, subject)).count();
        double delay = median(found.stream().mapToInt(RaterCase.Found::firstAt).toArray());
        String size = "%d of %d raters %s → %s, required .80".formatted(drifting, RATERS, ACCURACY, shifted);
        return new ShiftFigure(kind.name(), what + ": " + size, cases, rightly, delay);
    }

    private ShiftFigure shift(PressureCase pressure) {
        List<PressureCase.Found> found =
                all(cases, each -> pressure.run(each, JUDGMENTS_BEFORE, JUDGMENTS_AFTER, true));
        long rightly = found.stream().filter(pressure::isNamedRightly).count();
        double delay =
                median(found.stream().mapToInt(PressureCase.Found::firstAt).toArray());
        return new ShiftFigure(pressure.name(), pressure.size(), cases, rightly, delay);
    }

    /** Runs each with a seed of its own. */
    private <T> List<T> all(int count, LongFunction<T> run) {
        return LongStream.range(0, count)
                .parallel()
                .mapToObj(index -> run.apply(seed * MICROS + index))
                .toList();
    }

    private static double median(int[] delays) {
        int[] found = Arrays.stream(delays).filter(delay -> delay > 0).sorted().toArray();
        if (found.length == 0) {
            return Double.NaN;
        }
        return (found[(found.length - 1) / 2] + found[found.length / 2]) / 2.0;
    }
}
