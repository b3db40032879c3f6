package dev.heed.math;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 9162, section 2.1, over SHA-256: roots and proofs from all leaf hashes.
 *
 * <p>Leaves and nodes hash with different first bytes (0x00, 0x01), so that a node can never pass for a leaf. Roots that
 * grow leaf by leaf are {@link MerkleFrontier}; checking proofs is {@link MerkleProof}.
 */
public final class Merkle {
    /** Length of every hash in bytes. */
    public static final int HASH_BYTES = 32;

    private Merkle() {}

    /** SHA-256(0x00 ‖ entry). */
    public static byte[] leaf(byte[] entry) {
        MessageDigest sha256 = sha256();
        sha256.update((byte) 0);
        return sha256.digest(entry);
    }

    /** The root of the leaves in this order; that of no leaves is the hash of nothing. */
    public static byte[] root(List<byte[]> leafHashes) {
        int size = leafHashes.size();
        if (size == 0) {
            return sha256().digest();
        }
        if (size == 1) {
            return leafHashes.get(0);
        }
        int split = split(size);
        return node(root(leafHashes.subList(0, split)), root(leafHashes.subList(split, size)));
    }

    /** The hashes that lead from a leaf to the root, nearest first. */
    public static List<byte[]> inclusionProof(List<byte[]> leafHashes, int index) {
        int size = leafHashes.size();
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "leaf " + index + " of " + size + " (expected: 0 to " + (size - 1) + ")");
        }
        List<byte[]> proof = new ArrayList<>();
        addPath(leafHashes, index, proof);
        return List.copyOf(proof);
    }

    /** The hashes that show that the first {@code oldSize} leaves are still what they were. */
    public static List<byte[]> consistencyProof(List<byte[]> leafHashes, int oldSize) {
        int size = leafHashes.size();
        if (oldSize < 0 || oldSize > size) {
            throw new IllegalArgumentException(
                    "old size " + oldSize + " of " + size + " (expected: 0 to " + size + ")");
        }
        List<byte[]> proof = new ArrayList<>();
        if (oldSize > 0 && oldSize < size) {
            addSubproof(leafHashes, oldSize, true, proof);
        }
        return List.copyOf(proof);
    }

    private static void addPath(List<byte[]> leaves, int index, List<byte[]> proof) {
        int size = leaves.size();
        if (size == 1) {
            return;
        }
        int split = split(size);
        List<byte[]> left = leaves.subList(0, split);
        List<byte[]> right = leaves.subList(split, size);
        if (index < split) {
            addPath(left, index, proof);
            proof.add(root(right));
        } else {
            addPath(right, index - split, proof);
            proof.add(root(left));
        }
    }

    // SUBPROOF(m, D, b) of RFC 9162: b says that the old tree's root is known, because D starts where it does.
    private static void addSubproof(List<byte[]> leaves, int oldSize, boolean known, List<byte[]> proof) {
        int size = leaves.size();
        if (oldSize == size) {
            if (!known) {
                proof.add(root(leaves));
            }
            return;
        }
        int split = split(size);
        List<byte[]> left = leaves.subList(0, split);
        List<byte[]> right = leaves.subList(split, size);
        if (oldSize <= split) {
            addSubproof(left, oldSize, known, proof);
            proof.add(root(right));
        } else {
            addSubproof(right, oldSize - split, false, proof);
            proof.add(root(left));
        }
    }

    // The largest power of two below the size.
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    /** SHA-256(0x01 ‖ left ‖ right). */
    static byte[] node(byte[] left, byte[] right) {
        MessageDigest sha256 = sha256();
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
