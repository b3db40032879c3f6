package dev.heed.runner.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accuracy as labels are spent, at equal steps of the labels there are.
 *
 * @param name of the way of asking
 * @param points in order of labels
 */
record Curve(String name, List<Point> points) {
    /** Steps from no label to all labels. */
    static final int STEPS = 40;

    /**
     * Where a study stands after some labels.
     *
     * @param share of all its labels
     * @param labelsPerItem asked for on average
     * @param accuracy share of the items with gold answered right; null when the file has none
     */
    record Point(
            double share, double labelsPerItem, @Nullable Double accuracy) {}

    /** Spends all labels that are worth asking for; a way that stops early ends there. */
    static Curve of(String name, LabelStudy study, Asking asking) {
        List<Point> points = new ArrayList<>();
        int all = study.labels().size();
        boolean more = true;
        for (int step = 1; step <= STEPS && more; step++) {
            more = spend(asking, (int) ((long) all * step / STEPS));
            points.add(new Point(
                    (double) asking.asked() / all,
                    (double) asking.asked() / study.items().size(),
                    study.accuracy(asking.answers())));
        }
        return new Curve(name, List.copyOf(points));
    }

    /** Asks until so many labels were asked for; false when there is nothing left to ask before. */
    static boolean spend(Asking asking, int labels) {
        boolean more = true;
        while (more && asking.asked() < labels) {
            more = asking.next();
        }
        return more;
    }
}
