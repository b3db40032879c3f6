package dev.heed.calibration.labels;

import dev.heed.calibration.Vectors;
import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Micros;
import dev.heed.state.ItemLabels;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * By how much the counts of a question move when one item changes: what the item adds to them after the change, less
 * what it added before.
 *
 * <p>This is the repair that keeps online Dawid–Skene equal to its batch form: an earlier label follows the belief of
 * its item wherever it goes, so the counts are always the sum over items of what the items hold now. All of it is
 * integer arithmetic, so what was added is taken back to the last micro.
 */
final class CountsMove {
    /** One rater as one kind of rater. */
    record Rater(RaterKind kind, String id) {}

    /** A change of one rater's counts. */
    record Change(long[] countsMicros, long labels) {
        static Change none(int classes) {
            return new Change(new long[classes * classes], 0);
        }

        Change plus(Change other) {
            return new Change(Vectors.plus(countsMicros, other.countsMicros), labels + other.labels);
        }

        boolean isNone() {
            return labels == 0 && Vectors.isZero(countsMicros);
        }
    }

    private final List<String> classes;
    private final Map<Rater, Change> byRater = new LinkedHashMap<>();
    private final Map<RaterKind, Change> byKind = new EnumMap<>(RaterKind.class);
    private final long[] beliefSums;
    private final long[] weightedSums;
    private long items;

    private CountsMove(List<String> classes) {
        this.classes = classes;
        this.beliefSums = new long[classes.size()];
        this.weightedSums = new long[classes.size()];
    }

    static CountsMove between(ItemLabels before, ItemLabels after, List<String> classes) {
        CountsMove move = new CountsMove(classes);
        move.add(before, -1);
        move.add(after, 1);
        move.byRater.values().removeIf(Change::isNone);
        move.byRater.forEach((rater, change) -> move.byKind.merge(rater.kind(), change, Change::plus));
        return move;
    }

    long[] beliefSums() {
        return beliefSums.clone();
    }

    long[] weightedSums() {
        return weightedSums.clone();
    }

    long items() {
        return items;
    }

    /** The raters whose counts move, each with its move. */
    Map<Rater, Change> byRater() {
        return byRater;
    }

    Change of(RaterKind kind, String raterId) {
        return byRater.getOrDefault(new Rater(kind, raterId), Change.none(classes.size()));
    }

    /** The move of all raters of a kind together. */
    Change pooled(RaterKind kind) {
        return byKind.getOrDefault(kind, Change.none(classes.size()));
    }

    Set<RaterKind> kinds() {
        return byKind.keySet();
    }

    private void add(ItemLabels item, int sign) {
        // Machines alone move nothing: two detectors of one maker would confirm each other and drown the humans.
        if (!HeldLabels.counts(item)) {
            return;
        }
        items += sign;
        for (int truth = 0; truth < classes.size(); truth++) {
            long share = HeldLabels.truth(item).get(truth);
            beliefSums[truth] += sign * share;
            weightedSums[truth] += sign * weighted(item.getWeightMicros(), share);
        }
        for (SubmittedLabel label : item.getHeld()) {
            Rater rater = new Rater(label.getRaterKind(), label.getRaterId());
            byRater.merge(rater, change(item, label, sign), Change::plus);
        }
    }

    private Change change(ItemLabels item, SubmittedLabel label, int sign) {
        int k = classes.size();
        int said = classes.indexOf(label.getClassName());
        long weight = label.getRaterKind() == RaterKind.HUMAN ? Micros.ONE : item.getWeightMicros();
        long[] counts = new long[k * k];
        for (int truth = 0; truth < k; truth++) {
            counts[truth * k + said] =
                    sign * weighted(weight, HeldLabels.truth(item).get(truth));
        }
        return new Change(counts, sign);
    }

    private static long weighted(long weightMicros, long shareMicros) {
        return Math.floorDiv(Math.multiplyExact(weightMicros, shareMicros), Micros.ONE);
    }
}
