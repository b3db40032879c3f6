package dev.heed.versions;

import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.math.DatasetTree;
import dev.heed.math.MerkleFrontier;
import dev.heed.out.ClassCount;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.PartitionCut;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The rows of a version, read out of the log of deltas up to its cuts, with the proof that they are those that were
 * sealed: the roots and all counts are computed again and compared.
 */
public final class SealedRows {
    private final DatasetVersion version;
    private final Dataset dataset;
    private final MerkleFrontier[] trees;
    private final StandingRows standing;

    /** @param standing where the rows are held; empty */
    public SealedRows(DatasetVersion version, StandingRows standing) {
        this.version = version;
        this.standing = standing;
        this.dataset = DatasetNames.find(version.getDataset())
                .orElseThrow(() -> new IllegalArgumentException(
                        "dataset: " + version.getDataset() + " (expected: one of " + DatasetNames.all() + ")"));
        this.trees = new MerkleFrontier[version.getCuts().size()];
        for (int i = 0; i < trees.length; i++) {
            trees[i] = MerkleFrontier.empty();
        }
    }

    /**
     * Takes the next delta of a partition of the log; those of other datasets and those after the cut change nothing.
     *
     * @return whether the delta belongs to the version
     */
    public boolean read(int partition, Delta delta) {
        if (delta.getDataset() != dataset || partition >= trees.length || isWhole(partition)) {
            return false;
        }
        trees[partition] = trees[partition].append(DatasetTree.delta(
                delta.getRowId(),
                delta.getRevision(),
                delta.getOp().name(),
                delta.getSplit().name(),
                delta.getRowHash()));
        if (delta.getOp() == RowOp.RETRACT) {
            standing.remove(delta.getRowId());
        } else {
            standing.put(delta);
        }
        return true;
    }

    /** Whether every partition has been read up to its cut. */
    public boolean isWhole() {
        for (int i = 0; i < trees.length; i++) {
            if (!isWhole(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isWhole(int partition) {
        return trees[partition].size() == version.getCuts().get(partition).getDeltas();
    }

    /** The rows that stand, in the order of their ids. The stream must be closed. */
    public Stream<Delta> rows() {
        return standing.rows();
    }

    /** Every way in which what was read is not what was sealed; empty when it is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<byte[]> leaves = new ArrayList<>();
        for (PartitionCut cut : version.getCuts()) {
            MerkleFrontier tree = trees[cut.getPartition()];
            String root = HexFormat.of().formatHex(tree.root());
            if (tree.size() != cut.getDeltas()) {
                problems.add("partition " + cut.getPartition() + ": " + tree.size() + " deltas (expected: "
                        + cut.getDeltas() + ")");
            } else if (!root.equals(cut.getRoot())) {
                problems.add("partition " + cut.getPartition() + ": root " + root + " (expected: " + cut.getRoot()
                        + ", as sealed)");
            }
            leaves.add(DatasetTree.cut(cut.getPartition(), tree.size(), root));
        }
        String root = DatasetTree.root(leaves);
        if (!root.equals(version.getRoot())) {
            problems.add("root " + root + " (expected: " + version.getRoot() + ", as sealed)");
        }
        counts(problems);
        return problems;
    }

    private void counts(List<String> problems) {
        Map<String, ClassCount> classes = new TreeMap<>();
        try (Stream<Delta> rows = standing.rows()) {
            rows.forEach(row -> {
                boolean train = row.getSplit() == Split.TRAIN;
                classes.merge(
                        row.getClassName(),
                        new ClassCount(row.getClassName(), train ? 1L : 0L, train ? 0L : 1L),
                        (a, b) -> new ClassCount(
                                a.getClassName(), a.getRows() + b.getRows(), a.getHoldoutRows() + b.getHoldoutRows()));
            });
        }
        List<ClassCount> found = List.copyOf(classes.values());
        expect(problems, "training rows", sum(found, ClassCount::getRows), version.getRows());
        expect(problems, "rows held out", sum(found, ClassCount::getHoldoutRows), version.getHoldoutRows());
        if (!found.equals(version.getClasses())) {
            problems.add("class balance " + found + " (expected: " + version.getClasses() + ", as sealed)");
        }
    }

    private static long sum(List<ClassCount> classes, ToLongFunction<ClassCount> count) {
        return classes.stream().mapToLong(count).sum();
    }

    private static void expect(List<String> problems, String what, long found, long expected) {
        if (found != expected) {
            problems.add(found + " " + what + " (expected: " + expected + ", as sealed)");
        }
    }
}
