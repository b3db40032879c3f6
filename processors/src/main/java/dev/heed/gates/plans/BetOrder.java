package dev.heed.gates.plans;

import dev.heed.event.GatePlan;
import dev.heed.event.SliceMargin;
import dev.heed.math.KeyedHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The order in which bets are made on the clusters of a plan: by a hash that nobody can foresee without the seed. Results
 * have no part in it, which is what makes the evidence valid at every look.
 */
final class BetOrder {
    private static final String PURPOSE = "gate-order";

    private BetOrder() {}

    /** The plan with the clusters of each slice in the order of bets, and with nothing left to what is said elsewhere. */
    static GatePlan ordered(byte[] seed, GatePlan plan) {
        List<SliceMargin> slices = new ArrayList<>();
        for (SliceMargin slice : plan.getSlices()) {
            Map<String, String> hashes = new TreeMap<>();
            for (String cluster : slice.getClusters()) {
                hashes.put(cluster, KeyedHash.hex(seed, PURPOSE, plan.getCandidateId() + "|" + cluster));
            }
            List<Integer> order = IntStream.range(0, slice.getClusters().size())
                    .boxed()
                    .sorted(Comparator.comparing(
                            i -> hashes.getOrDefault(slice.getClusters().get(i), "")))
                    .toList();
            slices.add(SliceMargin.newBuilder(slice)
                    .setMetric(slice.getMetric().isEmpty() ? plan.getMetric() : slice.getMetric())
                    .setClusters(order.stream().map(slice.getClusters()::get).toList())
                    .setExamples(order.stream().map(i -> examples(slice, i)).toList())
                    .build());
        }
        return GatePlan.newBuilder(plan).setSlices(slices).build();
    }

    /** How many results are awaited of a cluster, by its place in the plan as it was submitted. */
    private static int examples(SliceMargin slice, int cluster) {
        return slice.getExamples().isEmpty() ? 1 : slice.getExamples().get(cluster);
    }
}
