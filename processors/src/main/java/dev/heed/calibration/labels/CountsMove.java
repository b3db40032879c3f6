package dev.heed.calibration.labels;

import dev.heed.calibration.Vectors;
import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Micros;
import dev.heed.state.ItemLabels;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /**
     * A change of one rater's counts: a label that comes or goes adds to a column of the matrix.
     *
     * @param labels 1 for a label that comes, -1 for one that goes
     * @param other a further label of the rater, or null
     */
    record Change(
            int said,
            int labels,
            long[] columnMicros,
            @Nullable Change other) {
        void addTo(long[] counts) {
            int k = columnMicros.length;
            for (int truth = 0; truth < k; truth++) {
                int cell = truth * k + said;
                counts[cell] = Math.addExact(counts[cell], columnMicros[truth]);
            }
            if (other != null) {
                other.addTo(counts);
            }
        }

        long allLabels() {
            return labels + (other == null ? 0 : other.allLabels());
        }

        private boolean isNone() {
            for (Change each = this; each != null; each = each.other) {
                for (int truth = 0; truth < columnMicros.length; truth++) {
                    if (sum(each.said, truth) != 0) {
                        return false;
                    }
                }
            }
            return allLabels() == 0;
        }

        private long sum(int column, int truth) {
            long sum = 0;
            for (Change each = this; each != null; each = each.other) {
                sum += each.said == column ? each.columnMicros[truth] : 0;
            }
            return sum;
        }
    }

    private final List<String> classes;
    private final Map<Rater, Change> byRater = new LinkedHashMap<>();
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

    /** The move of one rater, or null where nothing moves. */
    @Nullable Change of(RaterKind kind, String raterId) {
        return byRater.get(new Rater(kind, raterId));
    }

    /** The kinds of rater whose counts move. */
    Set<RaterKind> kinds() {
        Set<RaterKind> kinds = EnumSet.noneOf(RaterKind.class);
        byRater.keySet().forEach(rater -> kinds.add(rater.kind()));
        return kinds;
    }

    /** Moves the counts of all raters of a kind together. */
    void addPooledTo(long[] counts, RaterKind kind) {
        for (Map.Entry<Rater, Change> entry : byRater.entrySet()) {
            if (entry.getKey().kind() == kind) {
                entry.getValue().addTo(counts);
            }
        }
    }

    /** How many labels of raters of a kind come, less those that go. */
    long labels(RaterKind kind) {
        long labels = 0;
        for (Map.Entry<Rater, Change> entry : byRater.entrySet()) {
            labels += entry.getKey().kind() == kind ? entry.getValue().allLabels() : 0;
        }
        return labels;
    }

    private void add(ItemLabels item, int sign) {
        // Machines alone move nothing: two detectors of one maker would confirm each other and drown the humans.
        if (!HeldLabels.counts(item)) {
            return;
        }
        items += sign;
        long[] ofPeople = column(item, Micros.ONE, sign);
        long[] ofMachines = column(item, item.getWeightMicros(), sign);
        Vectors.add(beliefSums, ofPeople);
        Vectors.add(weightedSums, ofMachines);
        for (SubmittedLabel label : item.getHeld()) {
            Rater rater = new Rater(label.getRaterKind(), label.getRaterId());
            long[] column = rater.kind() == RaterKind.HUMAN ? ofPeople : ofMachines;
            int said = classes.indexOf(label.getClassName());
            byRater.put(rater, new Change(said, sign, column, byRater.get(rater)));
        }
    }

    /** What the item says of each class, at a weight. */
    private static long[] column(ItemLabels item, long weightMicros, int sign) {
        long[] column = Vectors.toArray(HeldLabels.truth(item));
        for (int truth = 0; truth < column.length; truth++) {
            column[truth] = sign * Math.floorDiv(Math.multiplyExact(weightMicros, column[truth]), Micros.ONE);
        }
        return column;
    }
}
