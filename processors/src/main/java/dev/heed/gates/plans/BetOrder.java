package dev.heed.gates.plans;

import dev.heed.event.GatePlan;
import dev.heed.event.SliceMargin;
import dev.heed.math.KeyedHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order in which bets are made on the clusters of a plan: by a hash that nobody can foresee without the seed. Results
 * have no part in it, which is what makes the evidence valid at every look.
 */
final class BetOrder {
    private static final String PURPOSE = "gate-order";

    private BetOrder() {}

    /** The plan with the clusters of each slice in the order of bets. */
    static GatePlan ordered(byte[] seed, GatePlan plan) {
        List<SliceMargin> slices = new ArrayList<>();
        for (SliceMargin slice : plan.getSlices()) {
            Map<String, String> hashes = new TreeMap<>();
            for (String cluster : slice.getClusters()) {
                hashes.put(cluster, KeyedHash.hex(seed, PURPOSE, plan.getCandidateId() + "|" + cluster));
            }
            List<String> clusters = hashes.keySet().stream()
                    .sorted(Comparator.comparing(hashes::get))
                    .toList();
            slices.add(new SliceMargin(slice.getSlice(), slice.getMarginMicros(), clusters));
        }
        return GatePlan.newBuilder(plan).setSlices(slices).build();
    }
}
