package dev.heed.gates;

import static dev.heed.gates.GatesTrial.DEADLINE_MS;
import static dev.heed.gates.GatesTrial.assertRefused;
import static dev.heed.gates.GatesTrial.plan;
import static dev.heed.gates.GatesTrial.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Blocker;
import dev.heed.event.Direction;
import dev.heed.event.GatePlan;
import dev.heed.event.SliceMargin;
import dev.heed.event.Verdict;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.out.BlockerFound;
import dev.heed.out.SliceEvidence;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a slice can be measured by: several metrics, several examples of a cluster, zero tolerance, reward and people. */
class MeasuresTest {
    private static final long WIN = 1_000_000;
    private static final long LOSS = -1_000_000;

    private final GatesTrial trial = new GatesTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.stage().checkReplay();
    }

    @Test
    void refusalsAndViolationsAreMeasuredApart() {
        trial.submit(plan("e1", lower("violation", 60), lower("benign_refusal", 60)));
        // No violation more, but benign questions are refused: two metrics of one slice, lower being better.
        for (String cluster : GatesTrial.clusters(60)) {
            result("violation", cluster, LOSS);
            result("benign_refusal", cluster, WIN);
        }
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.FAIL);
        assertThat(trial.lastVerdict().getReason()).isEqualTo("worse than the margin on slices [maths:benign_refusal]");
        assertThat(trial.lastVerdict().getSlices())
                .extracting(SliceEvidence::getVerdict)
                .containsExactly(Verdict.PASS, Verdict.FAIL);
        assertThat(trial.lastVerdict().getSlices())
                .extracting(SliceEvidence::getNamed)
                .containsExactly(false, true);
        assertThat(trial.lastVerdict().getSlices().get(1).getMeanDifferenceMicros())
                .isEqualTo(LOSS);
        assertRefused(result("helpful", "cluster-0", 0), "slice_unknown", "maths:violation, maths:benign_refusal");
    }

    @Test
    void aZeroToleranceSlicePassesWhenTheBoundIsLowEnough() {
        GatePlan plan = plan("e1", clean(200, 50_000));
        trial.submit(plan);
        // At the first attempt's level, 0.030396, none in n bounds the rate by 5 % from n = ln 0.030396 / ln 0.95 on:
        // 69.
        for (String cluster : GatesTrial.clusters(200)) {
            violation(cluster, false);
        }
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        List<EvidenceAdvanced> steps = trial.stage().facts(EvidenceAdvanced.class);
        assertThat(steps.stream().filter(step -> step.getConsumed() <= 68).map(EvidenceAdvanced::getVerdict))
                .allMatch(verdict -> verdict == Verdict.UNKNOWN);
        assertThat(steps.stream().filter(step -> step.getConsumed() >= 69).map(EvidenceAdvanced::getVerdict))
                .allMatch(verdict -> verdict == Verdict.PASS);
        assertThat(trial.lastVerdict().getSlices().get(0).getRateBoundMicros()).isBetween(1L, 50_000L);
    }

    @Test
    void oneViolationFailsAZeroToleranceSliceAndIsAlwaysNamed() {
        trial.submit(plan("e1", clean(20, 50_000), slice("french", 60), slice("art", 60)));
        List<String> order = trial.order(0);
        violation(order.get(0), false);
        violation(order.get(1), true);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.FAIL);
        assertThat(trial.lastVerdict().getReason()).isEqualTo("worse than the margin on slices [maths]");
        assertThat(trial.lastVerdict().getSlices().get(0).getRateBoundMicros()).isEqualTo(1_000_000);
    }

    @Test
    void whatIsMissingOfAZeroToleranceSliceKeepsItFromPassing() {
        trial.submit(plan("e1", clean(200, 50_000)));
        List<String> order = trial.order(0);
        for (int i = 1; i < 200; i++) {
            violation(order.get(i), false);
        }
        trial.stage().tickAfter(DEADLINE_MS);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aClusterIsOneBetOnTheMeanOfItsExamples() {
        SliceMargin margin = SliceMargin.newBuilder(slice("maths", 1))
                .setMarginMicros(200_000)
                .setExamples(List.of(4))
                .build();
        trial.submit(plan("e1", margin));
        example("a", WIN);
        example("b", WIN);
        example("c", LOSS);
        assertThat(trial.stage().facts(EvidenceAdvanced.class)).isEmpty();
        example("d", WIN);
        // d = (1 + 1 − 1 + 1) / 4 = .5, x = .75, m = .4: K⁺ = 1 + 1.25 · .35, K⁻ = 1 + (.5 / .6) · (.4 − .75).
        EvidenceAdvanced advanced = trial.stage().facts(EvidenceAdvanced.class).get(0);
        assertThat(advanced.getPassLogEvidenceNanos()).isEqualTo(362_905_493L);
        assertThat(advanced.getFailLogEvidenceNanos()).isEqualTo(-344_840_487L);
        assertRefused(example("e", WIN), "cluster_complete", "one of the 4 that are in already");
    }

    @Test
    void examplesMissingOfAClusterCountAgainstBothVerdicts() {
        SliceMargin margin = SliceMargin.newBuilder(slice("maths", 1))
                .setMarginMicros(200_000)
                .setExamples(List.of(4))
                .build();
        trial.submit(plan("e1", margin));
        example("a", WIN);
        example("b", WIN);
        trial.stage().tickAfter(DEADLINE_MS);
        // For PASS d = (2 − 2) / 4 = 0, x = .5: 1 + 1.25 · .1. For FAIL d = (2 + 2) / 4 = 1, x = 1: 1 − .5.
        EvidenceAdvanced advanced = trial.stage().facts(EvidenceAdvanced.class).get(0);
        assertThat(advanced.getPassLogEvidenceNanos()).isEqualTo(117_783_035L);
        assertThat(advanced.getFailLogEvidenceNanos()).isEqualTo(-693_147_181L);
        assertThat(advanced.getMissing()).isEqualTo(1);
    }

    @Test
    void aRewardThatGoesUpWherePeopleSayDownHoldsTheGate() {
        trial.submit(rewardAgainstHuman(250));
        for (String cluster : GatesTrial.clusters(250)) {
            result("reward", cluster, 300_000);
            // Worse, and within the margin of .1.
            result("human", cluster, -50_000);
        }
        assertThat(trial.lastVerdict().getSlices())
                .extracting(SliceEvidence::getVerdict)
                .containsExactly(Verdict.PASS, Verdict.PASS);
        assertThat(trial.lastVerdict().getSlices())
                .extracting(SliceEvidence::getDirection)
                .containsExactly(Direction.UP, Direction.DOWN);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(trial.lastVerdict().getLatched()).isFalse();
        assertThat(trial.lastVerdict().getBlockers())
                .extracting(BlockerFound::getBlocker)
                .containsExactly(Blocker.REWARD_AGAINST_HUMAN);
        assertThat(trial.lastVerdict().getReason()).contains("reward goes up while human goes down on slice maths");
    }

    @Test
    void aRewardThatGoesUpWithPeoplePasses() {
        trial.submit(rewardAgainstHuman(250));
        for (String cluster : GatesTrial.clusters(250)) {
            result("reward", cluster, 300_000);
            result("human", cluster, 50_000);
        }
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void rewardAndPeopleAreComparedOverAllResults() {
        trial.submit(rewardAgainstHuman(250));
        List<String> order = trial.order(1);
        for (String cluster : GatesTrial.clusters(250)) {
            result("reward", cluster, 0);
        }
        for (String cluster : order.subList(0, 249)) {
            result("human", cluster, 0);
        }
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(trial.lastVerdict().getReason()).contains("still being compared on slices [maths:human]");
        result("human", order.get(249), 0);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void resultsMustBeOfTheRequiredHoldout() {
        GatePlan plan = plan("e1", slice("maths", 3));
        plan.setHoldout("preference@3");
        trial.submit(plan);
        assertRefused(
                trial.submit(trial.result()
                        .setSlice("maths")
                        .setCluster("cluster-0")
                        .setHoldout("preference@2")
                        .build()),
                "holdout_mismatch",
                "holdout: preference@2 (expected: preference@3");
    }

    @Test
    void whatAPlanCannotMeanIsRefused() {
        GatePlan plan = plan(
                "e1",
                SliceMargin.newBuilder(clean(3, 0)).setMarginMicros(10).build(),
                SliceMargin.newBuilder(slice("french", 3))
                        .setExamples(List.of(1, 0))
                        .build());
        plan.setRewardMetric("score");
        plan.setBlockers(List.of(Blocker.DRIFT, Blocker.DRIFT, Blocker.REWARD_AGAINST_HUMAN));
        plan.setHoldout("preference");
        plan.setWatchMs(-1);
        List<SpecificRecord> facts = trial.submit(plan);
        for (String problem : List.of(
                "slices[0].max_rate_micros: 0 (expected: 1 to 999999)",
                "slices[0].margin_micros: 10 (expected: 0)",
                "slices[1].examples: 2 numbers (expected: none, or one for each of the 3 clusters)",
                "slices[1].examples[1]: 0 (expected: 1 to 10000)",
                "human_metric:  (expected: a metric, as there is a reward_metric)",
                "blockers[1]: DRIFT",
                "blockers[2]: REWARD_AGAINST_HUMAN",
                "holdout: preference (expected: a sealed dataset version as name@version",
                "watch_ms: -1")) {
            assertRefused(facts, "plan_invalid", problem);
        }
    }

    private static GatePlan rewardAgainstHuman(int clusters) {
        GatePlan plan = plan(
                "e1",
                slice("maths", clusters),
                SliceMargin.newBuilder(slice("maths", clusters))
                        .setMetric("human")
                        .build());
        plan.setRewardMetric("reward");
        plan.setHumanMetric("human");
        return plan;
    }

    private static SliceMargin lower(String metric, int clusters) {
        return SliceMargin.newBuilder(slice("maths", clusters))
                .setMetric(metric)
                .setLowerIsBetter(true)
                .build();
    }

    private static SliceMargin clean(int clusters, long maxRateMicros) {
        return SliceMargin.newBuilder(slice("maths", clusters))
                .setMarginMicros(0)
                .setZeroTolerance(true)
                .setMaxRateMicros(maxRateMicros)
                .build();
    }

    private List<SpecificRecord> result(String metric, String cluster, long differenceMicros) {
        return trial.submit(trial.result()
                .setSlice("maths")
                .setMetric(metric)
                .setCluster(cluster)
                .setDifferenceMicros(differenceMicros)
                .build());
    }

    private void violation(String cluster, boolean violated) {
        trial.submit(trial.result()
                .setSlice("maths")
                .setCluster(cluster)
                .setViolated(violated)
                .build());
    }

    private List<SpecificRecord> example(String example, long differenceMicros) {
        return trial.submit(trial.result()
                .setSlice("maths")
                .setCluster("cluster-0")
                .setExample(example)
                .setDifferenceMicros(differenceMicros)
                .build());
    }
}
