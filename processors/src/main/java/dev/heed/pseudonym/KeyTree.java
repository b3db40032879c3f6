package dev.heed.pseudonym;

import dev.heed.math.KeyedHash;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The formulas of the tree of keys: a binary tree in which a node's secret gives those of all below it and of none beside
 * or above it. Who knows a node's siblings along a path, and not the node, can compute every leaf below but the one at the
 * path's end.
 *
 * <p>Goldreich, Goldwasser, Micali: How to construct random functions (1986); keys with a hole: Boneh, Waters (2013), Boyle,
 * Goldwasser, Ivan (2014), Kiayias and others (2013).
 */
public final class KeyTree {
    private static final byte[][] STEPS = {{0}, {1}};

    private KeyTree() {}

    /** The way to a subject's leaf. It says nothing of the leaf. */
    public static long path(byte[] secretSeed, String subjectId) {
        return KeyedHash.bits(secretSeed, "subject-path", subjectId);
    }

    /** What stands for a subject, under the secret of the subject's leaf. */
    static String pseudonym(byte[] leaf, String subjectId) {
        return KeyedHash.hex(leaf, "subject", subjectId);
    }

    /** The secret at the end of a path, from that of a place on the path. */
    static byte[] leaf(Prefix from, byte[] secret, long path) {
        byte[] steps = new byte[Math.max(0, Prefix.PATH - from.length())];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (byte) bit(path, from.length() + i);
        }
        return KeyedHash.chain(secret, steps);
    }

    /** What is to be known instead of a place on a path, so that all below it stays known but the path's leaf. */
    static SortedMap<Prefix, byte[]> siblings(Prefix from, byte[] secret, long path) {
        SortedMap<Prefix, byte[]> siblings = new TreeMap<>();
        byte[] at = secret;
        for (int depth = from.length(); depth < Prefix.PATH; depth++) {
            int bit = bit(path, depth);
            long beside = path ^ (1L << (Prefix.PATH - 1 - depth));
            siblings.put(Prefix.of(beside, depth + 1), child(at, 1 - bit));
            at = child(at, bit);
        }
        return siblings;
    }

    private static int bit(long path, int depth) {
        return (int) (path >>> (Prefix.PATH - 1 - depth)) & 1;
    }

    static byte[] child(byte[] secret, int bit) {
        return KeyedHash.hmac(secret, STEPS[bit]);
    }
}
