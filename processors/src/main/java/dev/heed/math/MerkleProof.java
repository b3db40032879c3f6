package dev.heed.math;

import java.security.MessageDigest;
import java.util.List;

/**
 * Checks proofs of a Merkle tree as an auditor does: with roots and hashes only, never the leaves.
 *
 * <p>The algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2.
 */
public final class MerkleProof {
    private MerkleProof() {}

    /** Whether the leaf is at the index of the tree with this size and root. */
    public static boolean includes(byte[] leafHash, long index, long size, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : proof) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = Merkle.node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = Merkle.node(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && MessageDigest.isEqual(hash, root);
    }

    /** Whether the tree of the new size and root begins with all leaves of the old one. */
    public static boolean extendsTree(long oldSize, byte[] oldRoot, long newSize, byte[] newRoot, List<byte[]> proof) {
        if (oldSize < 0 || oldSize > newSize) {
            return false;
        }
        if (oldSize == 0 || oldSize == newSize) {
            // Every tree extends the empty one; a tree extends itself only.
            boolean same = MessageDigest.isEqual(oldRoot, oldSize == 0 ? Merkle.root(List.of()) : newRoot);
            return proof.isEmpty() && same;
        }
        return walks(oldSize, oldRoot, newSize, newRoot, proof);
    }

    private static boolean walks(long oldSize, byte[] oldRoot, long newSize, byte[] newRoot, List<byte[]> proof) {
        // An old tree that is a whole subtree of the new one is itself the first hash, which the proof leaves out.
        boolean whole = Long.bitCount(oldSize) == 1;
        if (proof.isEmpty() && !whole) {
            return false;
        }
        int next = whole ? 0 : 1;
        byte[] oldHash = whole ? oldRoot : proof.get(0);
        byte[] newHash = oldHash;
        long fn = oldSize - 1;
        long sn = newSize - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        for (; next < proof.size(); next++) {
            if (sn == 0) {
                return false;
            }
            byte[] hash = proof.get(next);
            if ((fn & 1) == 1 || fn == sn) {
                oldHash = Merkle.node(hash, oldHash);
                newHash = Merkle.node(hash, newHash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                newHash = Merkle.node(newHash, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && MessageDigest.isEqual(oldHash, oldRoot) && MessageDigest.isEqual(newHash, newRoot);
    }
}
