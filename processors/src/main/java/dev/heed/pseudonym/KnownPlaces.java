package dev.heed.pseudonym;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of places, and the leaves computed from them that were asked for last: whoever has just done something is
 * likely to do more. Thread-safe.
 *
 * <p>Law: a leaf is kept only while it is what follows from the longest known place on its path. All below a place are
 * forgotten when its secret comes, changes or goes, so nobody can compute from what is kept what no longer follows from what
 * is known. Nodes between are not kept: paths are as random as hashes, so each further step that is saved doubles the nodes.
 */
final class KnownPlaces {
    /** Leaves kept at most, one for each subject that is active at a time. */
    static final int MAX_LEAVES = 8_192;

    private static final float LOAD = 0.75f;

    private final NavigableMap<Prefix, byte[]> secrets = new TreeMap<>();
    /** By path, in the order in which they were last asked for. */
    private final Map<Long, byte[]> leaves = new LinkedHashMap<>(16, LOAD, true);

    /**
     * @param secret null if the place is to be unknown from now on
     * @return the secret before, or null
     */
    synchronized byte @Nullable [] set(Prefix place, byte @Nullable [] secret) {
        byte[] before = secret == null ? secrets.remove(place) : secrets.put(place, secret);
        if (!Arrays.equals(before, secret)) {
            leaves.keySet().removeIf(place::covers);
        }
        return before;
    }

    synchronized boolean isEmpty() {
        return secrets.isEmpty();
    }

    /** Whether there is a known place on every path. */
    synchronized boolean isWhole() {
        List<Prefix> places = new ArrayList<>(secrets.keySet());
        places.sort(Prefix.BY_PATH);
        long next = 0; // the first path that none of the places before covers
        for (Prefix place : places) {
            if (Long.compareUnsigned(next, place.bits()) < 0) {
                return false;
            }
            if (place.covers(next)) {
                if (place.lastPath() == -1) {
                    return true;
                }
                next = place.lastPath() + 1;
            }
        }
        return false;
    }

    /** The secret at the end of a path. It is computed outside the lock, so that tasks do not wait for one another's hashes. */
    byte[] leaf(long path) {
        Map.Entry<Prefix, byte[]> from;
        synchronized (this) {
            byte[] kept = leaves.get(path);
            if (kept != null) {
                return kept;
            }
            from = longest(path, Prefix.DRAWN);
        }
        if (from == null) {
            throw new IllegalStateException("no key on the path of a subject (expected: one, once the topic is read)");
        }
        byte[] leaf = KeyTree.leaf(from.getKey(), from.getValue(), path);
        keep(path, leaf, from);
        return leaf;
    }

    /** Keeps a leaf, unless what it was computed from was given up meanwhile. */
    synchronized void keep(long path, byte[] leaf, Map.Entry<Prefix, byte[]> from) {
        Map.Entry<Prefix, byte[]> now = longest(path, Prefix.DRAWN);
        if (now == null || now.getValue() != from.getValue()) {
            return;
        }
        leaves.put(path, leaf);
        if (leaves.size() > MAX_LEAVES) {
            leaves.remove(leaves.keySet().iterator().next());
        }
    }

    /** The longest known place on a path, of those not longer than so many bits. */
    synchronized Map.@Nullable Entry<Prefix, byte[]> longest(long path, int atMost) {
        for (int length = atMost; length >= 0; length--) {
            Prefix place = Prefix.of(path, length);
            byte[] secret = secrets.get(place);
            if (secret != null) {
                return Map.entry(place, secret);
            }
        }
        return null;
    }

    /**
     * Known places that are not drawn leaves, in order.
     *
     * @param after where to go on, null for the first
     * @param limit most places
     */
    synchronized SortedMap<Prefix, byte[]> nodesAfter(@Nullable Prefix after, int limit) {
        SortedMap<Prefix, byte[]> nodes = new TreeMap<>();
        Map.Entry<Prefix, byte[]> next = after == null ? secrets.firstEntry() : secrets.higherEntry(after);
        while (next != null && !next.getKey().isDrawn() && nodes.size() < limit) {
            nodes.put(next.getKey(), next.getValue());
            next = secrets.higherEntry(next.getKey());
        }
        return nodes;
    }

    synchronized Map<Prefix, byte[]> all() {
        return new TreeMap<>(secrets);
    }

    /** The leaves that are kept, by path. */
    synchronized Map<Long, byte[]> kept() {
        return Map.copyOf(leaves);
    }
}
