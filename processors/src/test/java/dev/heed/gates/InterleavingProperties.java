package dev.heed.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.GatePlan;
import dev.heed.event.PairedResult;
import dev.heed.event.SliceMargin;
import dev.heed.fact.ResultBuffered;
import dev.heed.math.KeyedHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The verdict of a plan with all it can have is a function of its results, whatever their order and repeats. */
class InterleavingProperties {
    private static final int CLUSTERS = 40;

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void anyInterleavingComesToTheSame(
            @ForAll @IntRange(max = 1_000) int seed,
            @ForAll @IntRange(max = 1_000) int lostPerMille,
            @ForAll @IntRange(max = 30) int violatedPerMille,
            @ForAll @IntRange(max = 20) int missingPerCent,
            @ForAll Random random) {
        List<PairedResult> results = results(seed, lostPerMille, violatedPerMille, missingPerCent);
        List<PairedResult> shuffled = new ArrayList<>(results);
        shuffled.addAll(results.subList(0, results.size() / 3));
        Collections.shuffle(shuffled, random);

        GatesTrial inOrder = played(results);
        GatesTrial another = played(shuffled);
        assertThat(another.gate().getSlices()).isEqualTo(inOrder.gate().getSlices());
        assertThat(another.gate().getVerdict()).isEqualTo(inOrder.gate().getVerdict());
        assertThat(another.lastVerdict().getBlockers())
                .isEqualTo(inOrder.lastVerdict().getBlockers());
        assertThat(another.stage().facts(ResultBuffered.class)).hasSize(results.size());
        another.stage().checkReplay();
    }

    private static GatesTrial played(List<PairedResult> results) {
        GatesTrial trial = new GatesTrial();
        SliceMargin human = GatesTrial.slice("maths", CLUSTERS);
        GatePlan plan = GatesTrial.plan(
                "e1",
                human,
                SliceMargin.newBuilder(human).setMetric("model").build(),
                SliceMargin.newBuilder(human)
                        .setMetric("refusal")
                        .setLowerIsBetter(true)
                        .setExamples(Collections.nCopies(CLUSTERS, 2))
                        .build(),
                SliceMargin.newBuilder(human)
                        .setMetric("violation")
                        .setMarginMicros(0)
                        .setZeroTolerance(true)
                        .setMaxRateMicros(200_000)
                        .build());
        plan.setRewardMetric("model");
        plan.setHumanMetric("reward");
        trial.submit(plan);
        for (PairedResult result : results) {
            trial.submit(result);
        }
        trial.stage().tickAfter(GatesTrial.DEADLINE_MS);
        return trial;
    }

    private static List<PairedResult> results(int seed, int lost, int violated, int missing) {
        List<PairedResult> results = new ArrayList<>();
        for (String metric : List.of("", "model", "refusal", "violation")) {
            for (String cluster : GatesTrial.clusters(CLUSTERS)) {
                for (String example : metric.equals("refusal") ? List.of("a", "b") : List.of("")) {
                    String id = String.join("-", String.valueOf(seed), metric, cluster, example);
                    if (share(id, "missing") * 100 >= missing) {
                        results.add(PairedResult.newBuilder()
                                .setEventId(id)
                                .setCandidateId(GatesTrial.CANDIDATE)
                                .setMetric(metric)
                                .setSlice("maths")
                                .setCluster(cluster)
                                .setExample(example)
                                .setDifferenceMicros(share(id, "lost") * 1_000 < lost ? -1_000_000 : 1_000_000)
                                .setViolated(share(id, "violated") * 1_000 < violated)
                                .setOccurredAtMs(0)
                                .build());
                    }
                }
            }
        }
        return results;
    }

    private static double share(String id, String of) {
        return KeyedHash.unit(GatesTrial.SEED, of, id);
    }
}
