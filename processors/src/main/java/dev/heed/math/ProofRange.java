package dev.heed.math;

import java.util.ArrayList;
import java.util.List;

/**
 * The leaves under one hash of a Merkle proof: which hashes a proof is made of follows from the sizes alone (RFC 9162,
 * sections 2.1.3.1 and 2.1.4.1).
 *
 * @param from the first leaf, from 0
 * @param to the leaf after the last
 */
public record ProofRange(long from, long to) {
    /** What leads from a leaf to the root of a tree of this size, nearest first. */
    public static List<ProofRange> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "leaf " + index + " of " + size + " (expected: 0 to " + (size - 1) + ")");
        }
        List<ProofRange> ranges = new ArrayList<>();
        addPath(0, size, index, ranges);
        return List.copyOf(ranges);
    }

    /** What shows that a tree of the new size begins with one of the old. */
    public static List<ProofRange> consistency(long oldSize, long newSize) {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException(
                    "old size " + oldSize + " of " + newSize + " (expected: 0 to " + newSize + ")");
        }
        List<ProofRange> ranges = new ArrayList<>();
        if (oldSize > 0 && oldSize < newSize) {
            addSubproof(0, newSize, oldSize, true, ranges);
        }
        return List.copyOf(ranges);
    }

    private static void addPath(long from, long to, long index, List<ProofRange> ranges) {
        if (to - from == 1) {
            return;
        }
        long split = from + split(to - from);
        if (index < split) {
            addPath(from, split, index, ranges);
            ranges.add(new ProofRange(split, to));
        } else {
            addPath(split, to, index, ranges);
            ranges.add(new ProofRange(from, split));
        }
    }

    // SUBPROOF(m, D, b) of RFC 9162: b says that the old tree's root is known, because D starts where it does.
    private static void addSubproof(long from, long to, long oldEnd, boolean known, List<ProofRange> ranges) {
        if (oldEnd == to) {
            if (!known) {
                ranges.add(new ProofRange(from, to));
            }
            return;
        }
        long split = from + split(to - from);
        if (oldEnd <= split) {
            addSubproof(from, split, oldEnd, known, ranges);
            ranges.add(new ProofRange(split, to));
        } else {
            addSubproof(split, to, oldEnd, false, ranges);
            ranges.add(new ProofRange(from, split));
        }
    }

    /** The largest power of two below the size. */
    static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
