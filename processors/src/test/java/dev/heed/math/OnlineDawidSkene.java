package dev.heed.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The repaired online Dawid–Skene in memory, with the integers that a stage would store: per rater and pooled K × K
 * counts, the sums of beliefs for the prior, and per item its labels and its belief, all in micros.
 *
 * <p>Everything is one move: when an item's belief or labels change, what it held is taken from the counts and what it
 * holds now is added. The counts are therefore at all times the sum over items of what they hold, to the last micro.
 */
final class OnlineDawidSkene {
    private final int classes;
    private final boolean tilted;
    private final Map<String, long[]> raters = new TreeMap<>();
    private final Map<String, Item> items = new TreeMap<>();
    private long[] pooled;
    private long[] prior;

    OnlineDawidSkene(int classes, boolean tilted) {
        this.classes = classes;
        this.tilted = tilted;
        this.pooled = new long[classes * classes];
        this.prior = new long[classes];
    }

    private static final class Item {
        private final Map<String, Integer> labels = new TreeMap<>();
        private long[] belief = new long[0];
    }

    /** A label arrives, or replaces the rater's earlier one. */
    void label(String itemId, String rater, int label) {
        Item item = items.computeIfAbsent(itemId, id -> new Item());
        raters.computeIfAbsent(rater, id -> new long[classes * classes]);
        // The new belief is read off the counts as they are, this item's own earlier contribution included.
        Map<String, Integer> labels = new TreeMap<>(item.labels);
        labels.put(rater, label);
        long[] belief = belief(labels);
        add(item, -1);
        item.labels.putAll(labels);
        item.belief = belief;
        add(item, 1);
    }

    /** A label is taken back; an item without labels holds nothing. */
    void retract(String itemId, String rater) {
        Item item = item(itemId);
        add(item, -1);
        item.labels.remove(rater);
        item.belief = item.labels.isEmpty() ? new long[0] : belief(item.labels);
        add(item, 1);
    }

    /** Moves every item to the belief that the counts now imply; repeated, it converges to the batch estimate. */
    void reconcile() {
        for (Item item : items.values()) {
            long[] belief = belief(item.labels);
            add(item, -1);
            item.belief = belief;
            add(item, 1);
        }
    }

    /** The belief the item was left with at its last move. */
    long[] beliefOf(String itemId) {
        return item(itemId).belief.clone();
    }

    /** All counts, to be compared. */
    List<long[]> counts() {
        List<long[]> counts = new ArrayList<>(raters.values());
        counts.add(pooled);
        counts.add(prior);
        return counts.stream().map(long[]::clone).toList();
    }

    /** The same counts, added up from what the items hold. */
    List<long[]> recomputed() {
        OnlineDawidSkene fresh = new OnlineDawidSkene(classes, tilted);
        raters.keySet().forEach(rater -> fresh.raters.put(rater, new long[classes * classes]));
        items.values().forEach(item -> fresh.add(item, 1));
        return fresh.counts();
    }

    private Item item(String itemId) {
        Item item = items.get(itemId);
        if (item == null) {
            throw new IllegalArgumentException("item " + itemId + " has no label");
        }
        return item;
    }

    private long[] belief(Map<String, Integer> labels) {
        double[][] common = RaterMatrix.pooled(pooled, classes);
        List<double[][]> matrices = new ArrayList<>();
        for (String rater : labels.keySet()) {
            long[] own = counts(rater);
            matrices.add(
                    tilted
                            ? RaterMatrix.shrunk(
                                    RaterMatrix.tilted(pooled, own, classes), own, RaterMatrix.TILTED_STRENGTH)
                            : RaterMatrix.shrunk(common, own, RaterMatrix.STRENGTH));
        }
        int[] said = labels.values().stream().mapToInt(Integer::intValue).toArray();
        return Micros.simplex(Belief.posterior(ClassPrior.of(prior), matrices, said));
    }

    private long[] counts(String rater) {
        long[] counts = raters.get(rater);
        if (counts == null) {
            throw new IllegalArgumentException("rater " + rater + " has no counts");
        }
        return counts;
    }

    private void add(Item item, int sign) {
        for (Map.Entry<String, Integer> label : item.labels.entrySet()) {
            long[] own = counts(label.getKey());
            for (int truth = 0; truth < classes; truth++) {
                own[truth * classes + label.getValue()] += sign * item.belief[truth];
                pooled[truth * classes + label.getValue()] += sign * item.belief[truth];
            }
        }
        for (int k = 0; k < item.belief.length; k++) {
            prior[k] += sign * item.belief[k];
        }
    }

    boolean isEmpty() {
        return counts().stream().allMatch(counts -> Arrays.stream(counts).allMatch(count -> count == 0));
    }
}
