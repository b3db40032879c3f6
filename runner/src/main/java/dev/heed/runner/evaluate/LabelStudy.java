package dev.heed.runner.evaluate;

import dev.heed.intake.shape.Limits;
import dev.heed.runner.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of labels as a study: who said what of which item, in the order in which it arrives.
 *
 * @param items ids of the items, in order of first arrival
 * @param raters ids of the raters, in order of first arrival
 * @param classes the labels that occur, sorted as strings
 * @param labels one per item and rater, in order of arrival
 * @param gold true label by item, where known
 */
record LabelStudy(
        List<String> items,
        List<String> raters,
        List<String> classes,
        List<LabelRow> labels,
        Map<String, String> gold) {
    private static final int MOST_CLASSES = 64;
    /** As many labels of one item as a policy may allow. */
    static final int MOST_RATERS = Limits.RATERS;

    /**
     * The study of these rows in the arrival order of a seed: by the hex of sha256("seed|item|worker"). A repeated item
     * and worker keeps its last row.
     *
     * @throws Failure if the labels make no study: too few or many classes, or gold that contradicts itself
     */
    static LabelStudy of(List<LabelRow> rows, long seed) {
        return of(
                rows,
                List.copyOf(new TreeSet<>(rows.stream().map(LabelRow::label).toList())),
                seed);
    }

    /** As {@link #of(List, long)}, when it is known which labels there may be. */
    static LabelStudy of(List<LabelRow> rows, List<String> classes, long seed) {
        Map<String, LabelRow> byPair = new TreeMap<>();
        Map<String, String> gold = new TreeMap<>();
        for (LabelRow row : rows) {
            byPair.put(arrival(seed, row), row);
            String known = row.gold();
            String before = known == null ? null : gold.put(row.item(), known);
            if (before != null && !before.equals(known)) {
                throw new Failure("line " + row.line() + ": gold " + known + " of item " + row.item() + " (expected: "
                        + before + ", as before)");
            }
        }
        List<LabelRow> labels = List.copyOf(byPair.values());
        if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
            throw new Failure(classes.size() + " different labels (expected: 2 to " + MOST_CLASSES + " classes)");
        }
        List<String> items = labels.stream().map(LabelRow::item).distinct().toList();
        List<String> raters = labels.stream().map(LabelRow::worker).distinct().toList();
        labelsPerItem(labels).forEach((item, count) -> {
            if (count > MOST_RATERS) {
                throw new Failure("item " + item + " has " + count + " labels (expected: at most " + MOST_RATERS + ")");
            }
        });
        return new LabelStudy(items, raters, classes, labels, gold);
    }

    private static String arrival(long seed, LabelRow row) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((seed + "|" + row.item() + "|" + row.worker()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Map<String, Integer> labelsPerItem(Collection<LabelRow> labels) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.merge(label.item(), 1, Integer::sum));
        return counts;
    }

    /** Labels on items that have at least two: those that can agree or not. */
    long sharedLabels() {
        return labelsPerItem(labels).values().stream()
                .filter(count -> count > 1)
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** The label most raters gave, per item; a tie goes to the lowest. */
    Map<String, String> majority() {
        Map<String, Map<String, Integer>> votes = new TreeMap<>();
        for (LabelRow row : labels) {
            votes.computeIfAbsent(row.item(), item -> new TreeMap<>()).merge(row.label(), 1, Integer::sum);
        }
        Map<String, String> winners = new TreeMap<>();
        votes.forEach((item, byLabel) -> winners.put(item, mostOf(byLabel)));
        return winners;
    }

    /** The label with most votes; a tie goes to the lowest. */
    static String mostOf(Map<String, Integer> votes) {
        // The labels are put in order, and sorting keeps the order of equals.
        return new TreeMap<>(votes)
                .entrySet().stream()
                        .sorted(Comparator.comparing(vote -> -vote.getValue()))
                        .findFirst()
                        .orElseThrow()
                        .getKey();
    }

    /** Share of the items with gold that these answers get right, or null when no gold is known. An item without an answer counts as wrong. */
    @Nullable Double accuracy(Map<String, String> answers) {
        if (gold.isEmpty()) {
            return null;
        }
        long right = gold.entrySet().stream()
                .filter(known -> known.getValue().equals(answers.get(known.getKey())))
                .count();
        return (double) right / gold.size();
    }
}
