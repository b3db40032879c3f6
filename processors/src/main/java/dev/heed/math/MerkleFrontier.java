package dev.heed.math;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree that only grows, as the roots of its whole subtrees: all that is needed to add a leaf and to know the
 * root, in one hash per set bit of the size.
 *
 * @param size number of leaves
 * @param peaks root of each whole subtree, the largest first; one for each set bit of the size
 */
public record MerkleFrontier(long size, List<byte[]> peaks) {
    public MerkleFrontier {
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    peaks.size() + " peaks for " + size + " leaves (expected: " + Long.bitCount(size) + ")");
        }
        peaks = List.copyOf(peaks);
    }

    public static MerkleFrontier empty() {
        return new MerkleFrontier(0, List.of());
    }

    /** The frontier with one more leaf, see {@link Merkle#leaf}. */
    public MerkleFrontier append(byte[] leafHash) {
        List<byte[]> next = new ArrayList<>(peaks);
        byte[] hash = leafHash;
        // As in adding one to a binary number: each trailing one is a subtree that is now paired.
        for (long carry = size; (carry & 1) == 1; carry >>= 1) {
            hash = Merkle.node(next.remove(next.size() - 1), hash);
        }
        next.add(hash);
        return new MerkleFrontier(size + 1, next);
    }

    /** The root, as of {@link Merkle#root} over all leaves. */
    public byte[] root() {
        if (peaks.isEmpty()) {
            return Merkle.root(List.of());
        }
        byte[] hash = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) {
            hash = Merkle.node(peaks.get(i), hash);
        }
        return hash;
    }
}
