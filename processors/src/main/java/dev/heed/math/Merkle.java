package dev.heed.math;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The Merkle tree of RFC 9162, section 2.1, over SHA-256: roots and proofs from all leaf hashes.
 *
 * <p>Leaves and nodes hash with different first bytes (0x00, 0x01), so that a node can never pass for a leaf. Roots that
 * grow leaf by leaf are {@link MerkleFrontier}, proofs out of a log that is read once {@link ProofReader}; checking
 * proofs is {@link MerkleProof}.
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
        int split = (int) ProofRange.split(size);
        return node(root(leafHashes.subList(0, split)), root(leafHashes.subList(split, size)));
    }

    /** The hashes that lead from a leaf to the root, nearest first. */
    public static List<byte[]> inclusionProof(List<byte[]> leafHashes, int index) {
        return hashes(leafHashes, ProofRange.inclusion(index, leafHashes.size()));
    }

    /** The hashes that show that the first {@code oldSize} leaves are still what they were. */
    public static List<byte[]> consistencyProof(List<byte[]> leafHashes, int oldSize) {
        return hashes(leafHashes, ProofRange.consistency(oldSize, leafHashes.size()));
    }

    private static List<byte[]> hashes(List<byte[]> leaves, List<ProofRange> ranges) {
        return ranges.stream()
                .map(range -> root(leaves.subList((int) range.from(), (int) range.to())))
                .toList();
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
