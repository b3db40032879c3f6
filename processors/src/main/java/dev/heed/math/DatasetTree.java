package dev.heed.math;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The Merkle tree of a dataset version (RFC 9162, see {@link Merkle}): in each partition over the deltas of the dataset
 * up to the cut, in their order, and on top over the cuts in the order of the partitions.
 *
 * <p>It is over deltas rather than over the rows that stand, so that a change of a row costs one leaf at the end, and so
 * that the root says how each row came to stand or not. A row's own hash is made of keyed hashes of its texts: whoever
 * holds the log can prove that a row belongs to a version, and nobody learns its text, also after it was erased.
 */
public final class DatasetTree {
    /** Joins the parts of a leaf; no id holds it. */
    private static final String SEPARATOR = "\u0000";

    private DatasetTree() {}

    /** The leaf of one delta. */
    public static byte[] delta(String rowId, int revision, String op, String split, String rowHash) {
        return leaf(rowId, String.valueOf(revision), op, split, rowHash);
    }

    /** The leaf of one partition's cut. */
    public static byte[] cut(int partition, long deltas, String rootHex) {
        return leaf(String.valueOf(partition), String.valueOf(deltas), rootHex);
    }

    /** The root over the cuts, in the order of their partitions. */
    public static String root(List<byte[]> cuts) {
        return HexFormat.of().formatHex(Merkle.root(cuts));
    }

    private static byte[] leaf(String... parts) {
        return Merkle.leaf(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }
}
