package dev.heed.versions.seats;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Dataset;
import dev.heed.event.Split;
import dev.heed.math.SimHash;
import dev.heed.state.NearBucket;
import dev.heed.state.NearHolder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the prompts with rows in a dataset whose similarity hash is near to another (Manku, Jain and Das Sarma, Detecting
 * near-duplicates for web crawling, 2007). Two hashes that differ in at most d bits differ in at most d/4 bits in one of
 * their four bands of 16 bits; so it looks into the bucket of each band, and into those that differ from it by so many
 * bits: 4 buckets up to a distance of 3, 68 up to 7, 548 up to 11. A bucket takes a bounded number of prompts.
 */
final class NearIndex {
    /** Largest distance that is looked for, in bits. */
    static final int MAX_BITS = 11;
    /** Most prompts with rows in a dataset that share a band; others wait. */
    static final int MAX_PER_BUCKET = 256;

    private static final int BANDS = 4;
    private static final int BAND_BITS = 16;
    private static final long BAND_MASK = 0xffff;

    private NearIndex() {}

    /**
     * How far is near, in bits; below 0 for never.
     *
     * @param sameSide between prompts of one side of the split
     * @param otherSide between a prompt to train on and one that is held out
     */
    record Reach(int sameSide, int otherSide) {
        boolean isNone() {
            return sameSide < 0 && otherSide < 0;
        }
    }

    /** Another interaction that is near, or null. The hash 0 stands for no hash and is near to none. */
    static @Nullable NearHolder find(
            StateReader state, Dataset dataset, long simhash, String interactionId, Split side, Reach reach) {
        int most = Math.max(reach.sameSide(), reach.otherSide());
        for (int band = 0; simhash != 0 && band < BANDS; band++) {
            for (long flipped : flips(most / BANDS)) {
                String key = key(dataset, band, band(simhash, band) ^ flipped);
                for (NearHolder each : holders(state, key)) {
                    int bits = each.getSplit() == side ? reach.sameSide() : reach.otherSide();
                    if (SimHash.distance(each.getSimhash(), simhash) <= bits
                            && !each.getInteractionId().equals(interactionId)) {
                        return each;
                    }
                }
            }
        }
        return null;
    }

    /** The name of a bucket that has no room for another interaction, or null. */
    static @Nullable String crowded(StateReader state, Dataset dataset, long simhash, String interactionId) {
        for (int band = 0; simhash != 0 && band < BANDS; band++) {
            List<NearHolder> holders = holders(state, key(dataset, band, band(simhash, band)));
            if (holders.size() >= MAX_PER_BUCKET && !holds(holders, interactionId)) {
                return name(band, band(simhash, band));
            }
        }
        return null;
    }

    /** The name of all prompts of one side and hash. */
    static String name(Split side, long simhash) {
        return side.name() + " " + Long.toHexString(simhash);
    }

    /** Names of the buckets that the hash lies in. */
    static List<String> buckets(long simhash) {
        List<String> names = new ArrayList<>();
        for (int band = 0; simhash != 0 && band < BANDS; band++) {
            names.add(name(band, band(simhash, band)));
        }
        return names;
    }

    /**
     * Counts a row in or out.
     *
     * @param change 1 or -1
     * @return whether the interaction's first row on the side came or its last one went
     */
    static boolean count(State state, Dataset dataset, long simhash, String interactionId, Split side, int change) {
        int rows = 0;
        for (int band = 0; simhash != 0 && band < BANDS; band++) {
            String key = key(dataset, band, band(simhash, band));
            List<NearHolder> holders = new ArrayList<>(holders(state, key));
            NearHolder held = holders.stream()
                    .filter(each -> each.getInteractionId().equals(interactionId) && each.getSplit() == side)
                    .findFirst()
                    .orElse(null);
            rows = (held == null ? 0 : held.getRows()) + change;
            holders.remove(held);
            if (rows > 0) {
                holders.add(new NearHolder(simhash, interactionId, rows, side));
            }
            holders.sort(Comparator.comparing(NearHolder::getInteractionId).thenComparing(NearHolder::getSplit));
            if (holders.isEmpty()) {
                state.delete(key);
            } else {
                state.put(key, new NearBucket(holders));
            }
        }
        return simhash != 0 && rows == (change > 0 ? 1 : 0);
    }

    private static boolean holds(List<NearHolder> holders, String interactionId) {
        return holders.stream().anyMatch(each -> each.getInteractionId().equals(interactionId));
    }

    private static List<NearHolder> holders(StateReader state, String key) {
        NearBucket bucket = state.get(key, NearBucket.class);
        return bucket == null ? List.of() : bucket.getHolders();
    }

    /** What to flip in a band to get at all that differ in at most so many bits, 0 to 2. */
    private static List<Long> flips(int most) {
        List<Long> flips = new ArrayList<>(List.of(0L));
        for (int i = 0; most > 0 && i < BAND_BITS; i++) {
            flips.add(1L << i);
            for (int j = i + 1; most > 1 && j < BAND_BITS; j++) {
                flips.add(1L << i | 1L << j);
            }
        }
        return flips;
    }

    private static long band(long simhash, int band) {
        return simhash >>> (band * BAND_BITS) & BAND_MASK;
    }

    private static String name(int band, long bits) {
        return band + "-" + Long.toHexString(bits);
    }

    private static String key(Dataset dataset, int band, long bits) {
        return Keys.of("near", dataset.name(), name(band, bits));
    }
}
