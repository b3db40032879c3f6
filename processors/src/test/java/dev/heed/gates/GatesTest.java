package dev.heed.gates;

import static dev.heed.gates.GatesTrial.CANDIDATE;
import static dev.heed.gates.GatesTrial.DEADLINE_MS;
import static dev.heed.gates.GatesTrial.assertRefused;
import static dev.heed.gates.GatesTrial.plan;
import static dev.heed.gates.GatesTrial.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.GatePlan;
import dev.heed.event.Seal;
import dev.heed.event.SliceMargin;
import dev.heed.event.Verdict;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.fact.PlanFrozen;
import dev.heed.fact.ResultBuffered;
import dev.heed.fact.ResultLate;
import dev.heed.gates.evidence.EvidenceFeature;
import dev.heed.journal.ActionAccepted;
import dev.heed.out.GateVerdict;
import dev.heed.out.SliceEvidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final long WIN = 1_000_000;
    private static final long LOSS = -1_000_000;

    private final GatesTrial trial = new GatesTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.stage().checkReplay();
    }

    @Test
    void aPlanIsFrozenOnceAndAnnounced() {
        trial.submit(plan("e1", slice("maths", 3), slice("french", 2)));
        assertThat(trial.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(verdict.getLatched()).isFalse();
            assertThat(verdict.getPlanDigest()).matches("[0-9a-f]{64}");
            // 6 · 0.05 / π².
            assertThat(verdict.getAlphaMicros()).isEqualTo(30_396);
            assertThat(verdict.getSlices())
                    .extracting(SliceEvidence::getAwaited)
                    .containsExactly(3, 2);
        });

        assertThat(trial.submit(plan("e1", slice("maths", 3), slice("french", 2))))
                .singleElement()
                .isInstanceOf(DuplicateIgnored.class);
        assertRefused(trial.submit(plan("e2", slice("maths", 4))), "plan_frozen", "frozen by event e1");
        assertThat(trial.stage().facts(PlanFrozen.class)).hasSize(1);
    }

    @Test
    void aPlanThatCannotBeIsRefusedWithEveryProblem() {
        GatePlan plan = plan(
                "e1",
                SliceMargin.newBuilder()
                        .setSlice("maths")
                        .setMarginMicros(0L)
                        .setClusters(List.of("a", "a"))
                        .build(),
                SliceMargin.newBuilder()
                        .setSlice("maths")
                        .setMarginMicros(100_000L)
                        .setClusters(List.of("b"))
                        .build());
        plan.setAlphaMicros(600_000);
        plan.setAttempt(0);
        plan.setReferenceId(CANDIDATE);
        plan.setDeadlineMs(0);
        List<SpecificRecord> facts = trial.submit(plan);
        for (String problem : List.of(
                "alpha_micros: 600000 (expected: 1 to 500000)",
                "attempt: 0 (expected: 1 or more)",
                "reference_id: model-2",
                "deadline_ms: 0",
                "slices[0].margin_micros: 0",
                "slices[0].clusters[1]: a",
                "slices[1].slice: maths")) {
            assertRefused(facts, "plan_invalid", problem);
        }
        assertRefused(trial.submit(plan("e2")), "plan_invalid", "slices: 0 slices (expected: 1 to 100)");
        assertRefused(trial.submit(plan("e3", slice("maths", 0))), "plan_invalid", "0 clusters in all");
    }

    @Test
    void aResultMustBelongToTheFrozenPlan() {
        assertRefused(trial.result("maths", "cluster-0", 0), "candidate_unknown", "publish the plan first");
        trial.submit(plan("e1", slice("maths", 2)));
        assertRefused(trial.result("art", "cluster-0", 0), "slice_unknown", "expected: one of [maths]");
        assertRefused(trial.result("maths", "cluster-9", 0), "cluster_unknown", "cluster: cluster-9");
        assertRefused(trial.result("maths", "cluster-0", 1_000_001), "difference_out_of_range", "-1000000 to 1000000");
    }

    @Test
    void aClusterHasOneResult() {
        trial.submit(plan("e1", slice("maths", 2)));
        trial.result("maths", "cluster-0", 250_000);
        assertThat(trial.result("maths", "cluster-0", 250_000)).singleElement().isInstanceOf(DuplicateIgnored.class);
        assertRefused(trial.result("maths", "cluster-0", 750_000), "result_known", "expected: 250000 as before");
        assertThat(trial.stage().facts(ResultBuffered.class)).hasSize(1);
    }

    @Test
    void oneBetByHand() {
        trial.submit(plan(
                "e1",
                SliceMargin.newBuilder()
                        .setSlice("maths")
                        .setMarginMicros(200_000L)
                        .setClusters(List.of("only"))
                        .build()));
        trial.result("maths", "only", WIN);
        // δ = .2, m = .4; the first stakes are capped at ½/.4 and ½/.6; x = 1.
        EvidenceAdvanced advanced = trial.stage().facts(EvidenceAdvanced.class).get(0);
        assertThat(advanced.getPassLogEvidenceNanos()).isEqualTo(559_615_787L);
        assertThat(advanced.getFailLogEvidenceNanos()).isEqualTo(-693_147_181L);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(trial.lastVerdict().getReason()).contains("[maths]");
    }

    @Test
    void betsWaitForTheNextClusterInTheSecretOrder() {
        trial.submit(plan("e1", slice("maths", 5)));
        List<String> order = trial.order(0);
        assertThat(order).containsExactlyInAnyOrderElementsOf(GatesTrial.clusters(5));

        trial.result("maths", order.get(1), 0);
        trial.result("maths", order.get(3), 0);
        assertThat(consumed()).isZero();
        trial.result("maths", order.get(0), 0);
        assertThat(consumed()).isEqualTo(2);
        trial.result("maths", order.get(2), 0);
        assertThat(consumed()).isEqualTo(4);
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        List<Integer> shuffled = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        Collections.shuffle(shuffled, new Random(7));
        GatesTrial other = new GatesTrial();
        trial.submit(plan("e1", slice("maths", 10)));
        other.submit(plan("e1", slice("maths", 10)));
        for (int i = 0; i < 10; i++) {
            trial.result("maths", "cluster-" + i, 100_000L * (i - 5));
            other.result("maths", "cluster-" + shuffled.get(i), 100_000L * (shuffled.get(i) - 5));
        }
        assertThat(other.gate()).isEqualTo(trial.gate());
    }

    @Test
    void everySliceHasToPass() {
        trial.submit(plan("e1", slice("maths", 60), slice("french", 60)));
        trial.results("maths", 0, 60, WIN);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(trial.lastVerdict().getSlices().get(0).getVerdict()).isEqualTo(Verdict.PASS);
        assertThat(trial.lastVerdict().getReason()).isEqualTo("results are awaited on slices [french]");

        trial.results("french", 0, 60, WIN);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        assertThat(trial.lastVerdict().getLatched()).isTrue();
        // Opened, first slice, all.
        assertThat(trial.verdicts()).hasSize(3);
    }

    @Test
    void oneBadSliceFailsTheGateAndIsNamedOnceThatIsSure() {
        trial.submit(plan("e1", slice("maths", 60), slice("french", 60)));
        trial.results("maths", 0, 30, WIN);
        trial.order(1).forEach(cluster -> trial.result("french", cluster, LOSS));
        List<GateVerdict> failures = trial.verdicts().stream()
                .filter(verdict -> verdict.getVerdict() == Verdict.FAIL)
                .toList();
        // 1/α fails a gate; among two slices, naming one takes 2/α.
        assertThat(failures).hasSize(2).allMatch(GateVerdict::getLatched);
        assertThat(failures.get(0).getReason()).contains("none can be named yet");
        assertThat(failures.get(1).getReason()).isEqualTo("worse than the margin on slices [french]");
        double named = failures.get(1).getSlices().get(1).getFailLogEvidenceNanos() / 1e9;
        assertThat(StrictMath.exp(named)).isGreaterThanOrEqualTo(2 / 0.0303963);
    }

    @Test
    void aVerdictLatches() {
        trial.submit(plan("e1", slice("maths", 60)));
        trial.results("maths", 0, 60, LOSS);
        GateVerdict verdict = trial.lastVerdict();
        assertThat(verdict.getVerdict()).isEqualTo(Verdict.FAIL);
        int said = trial.verdicts().size();
        trial.stage().tickAfter(DEADLINE_MS);
        assertThat(trial.verdicts()).hasSize(said);
        assertThat(trial.gate().getVerdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void resultsMissingAtTheDeadlineCountAgainstBothVerdicts() {
        trial.submit(plan("e1", slice("maths", 40)));
        trial.results("maths", 0, 20, WIN);
        trial.stage().tickAfter(DEADLINE_MS - 1);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.UNKNOWN);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(trial.lastVerdict().getSlices().get(0).getMissing()).isEqualTo(20);
        assertThat(trial.lastVerdict().getSlices().get(0).getConsumed()).isEqualTo(40);
    }

    @Test
    void resultsAfterTheDeadlineAreCountedAndHaveNoPart() {
        trial.submit(plan("e1", slice("maths", 40)));
        trial.stage().tickAfter(DEADLINE_MS);
        GateVerdict before = trial.lastVerdict();
        assertThat(trial.result("maths", "cluster-30", WIN)).singleElement().isInstanceOf(ResultLate.class);
        assertThat(trial.result("maths", "cluster-30", WIN)).singleElement().isInstanceOf(DuplicateIgnored.class);
        trial.result("maths", "cluster-31", WIN);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getLate()).isEqualTo(2);
        assertThat(trial.lastVerdict().getSlices()).isEqualTo(before.getSlices());
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(before.getVerdict());
        int said = trial.verdicts().size();
        trial.stage().tickAfter(1);
        assertThat(trial.verdicts()).hasSize(said);
    }

    @Test
    void anEmptySliceKeepsAGateFromPassing() {
        trial.submit(plan("e1", slice("maths", 60), slice("swahili", 0)));
        trial.results("maths", 0, 60, WIN);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(trial.lastVerdict().getReason()).contains("[swahili]");
    }

    @Test
    void aLongPrefixIsConsumedInBoundedSteps() {
        int clusters = 3 * EvidenceFeature.MAX_BETS_PER_STEP;
        trial.submit(plan("e1", slice("maths", clusters)));
        String first = trial.order(0).get(0);
        for (String cluster : GatesTrial.clusters(clusters)) {
            if (!cluster.equals(first)) {
                // Wins and losses come to half a margin: neither verdict comes soon.
                trial.result(
                        "maths", cluster, cluster.endsWith("0") ? 0 : cluster.hashCode() % 2 == 0 ? 850_000 : LOSS);
            }
        }
        assertThat(consumed()).isZero();
        trial.result("maths", first, 0);
        assertThat(consumed()).isEqualTo(EvidenceFeature.MAX_BETS_PER_STEP);
        trial.stage().tickAfter(1);
        assertThat(consumed()).isEqualTo(2 * EvidenceFeature.MAX_BETS_PER_STEP);
        trial.stage().tickAfter(1);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getLatched()).isTrue();
    }

    @Test
    void otherActionsAreMisplaced() {
        ActionAccepted other = new ActionAccepted();
        other.setEventId("a2");
        other.setActor("olga");
        other.setSeal(new Seal("preference"));
        assertRefused(trial.stage().sendPublic(CANDIDATE, other), "action_misplaced", "expected: override");
    }

    private int consumed() {
        return trial.gate().getSlices().get(0).getConsumed();
    }
}
