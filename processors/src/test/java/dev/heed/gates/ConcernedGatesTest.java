package dev.heed.gates;

import static dev.heed.gates.GatesTrial.CANDIDATE;
import static dev.heed.gates.GatesTrial.plan;
import static dev.heed.gates.GatesTrial.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Blocker;
import dev.heed.event.GatePlan;
import dev.heed.event.Verdict;
import dev.heed.fact.LookAdvanced;
import dev.heed.fact.SealedVersionHeard;
import dev.heed.fact.WatchEnded;
import dev.heed.journal.Concern;
import dev.heed.journal.SealedVersion;
import dev.heed.out.BlockerFound;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other stages know keeps a gate from passing, and takes its pass back. */
class ConcernedGatesTest {
    private static final long WIN = 1_000_000;

    private final GatesTrial trial = new GatesTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.stage().checkReplay();
    }

    @Test
    void anOpenCriticalEscalationOnASliceHoldsTheGateBack() {
        escalation("i1|violation", "another", "maths", true);
        escalation("i2|violation", "another", "maths", true);
        play(plan("e1", slice("maths", 60)));
        assertThat(trial.lastVerdict()).satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(verdict.getLatched()).isFalse();
            assertThat(verdict.getBlockers())
                    .extracting(BlockerFound::getBlocker)
                    .containsExactly(Blocker.CRITICAL_ESCALATION);
            assertThat(verdict.getReason()).contains("a critical escalation is open (i1|violation)");
        });
        escalation("i1|violation", "another", "maths", false);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getBlockedBy()).isEqualTo("i2|violation");
        escalation("i2|violation", "another", "maths", false);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        assertThat(trial.lastVerdict().getBlockers()).isEmpty();
    }

    @Test
    void whatAGateIsNotAboutDoesNotHoldIt() {
        escalation("i1|violation", "another", "french", true);
        concern("q|HUMAN|r1", Blocker.SUSPENDED_RATER, true, List.of("violation"), List.of(), List.of(), List.of());
        concern("sft", Blocker.CONTAMINATION, true, List.of(), List.of(), List.of(), List.of("sft"));
        GatePlan plan = plan("e1", slice("maths", 60));
        plan.setHoldout("");
        play(plan);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aPlanThatDoesNotListABlockerIsNotHeldByIt() {
        escalation("i1|violation", CANDIDATE, "maths", true);
        GatePlan plan = plan("e1", slice("maths", 60));
        plan.setBlockers(List.of(Blocker.DRIFT));
        play(plan);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void labelsOfASuspendedRaterAreSetAsideFirst() {
        concern("q", Blocker.SUSPENDED_RATER, true, List.of("reward"), List.of(), List.of(), List.of());
        play(plan("e1", slice("maths", 60)));
        assertThat(trial.lastVerdict().getBlockedBy()).isEqualTo("q");
        concern("q", Blocker.SUSPENDED_RATER, false, List.of("reward"), List.of(), List.of(), List.of());
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aHoldoutMustBeASealedVersion() {
        playOn("preference@3");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(trial.lastVerdict().getLatched()).isFalse();
        assertThat(trial.lastVerdict().getReason()).contains("the plan's holdout is no sealed version (preference@3)");
        sealed("preference@2");
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getBlockers()).singleElement().satisfies(found -> assertThat(found.getBlocker())
                .isEqualTo(Blocker.HOLDOUT_UNSEALED));
        sealed("preference@3");
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        assertThat(trial.lastVerdict().getBlockers()).isEmpty();
    }

    @Test
    void aHoldoutThatIsNoDatasetOfTheLoopIsTakenAtItsWord() {
        playOn("textbook-exercises@3");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aVersionHeardOfTwiceIsADuplicate() {
        sealed("preference@1");
        assertThat(sealed("preference@1")).noneMatch(SealedVersionHeard.class::isInstance);
    }

    @Test
    void aContaminatedHoldoutHoldsTheGateUntilPeopleDecide() {
        sealed("preference@3");
        concern("preference", Blocker.CONTAMINATION, true, List.of(), List.of(), List.of(), List.of("preference"));
        playOn("preference@3");
        assertThat(trial.lastVerdict().getBlockers()).singleElement().satisfies(found -> assertThat(found.getBlocker())
                .isEqualTo(Blocker.CONTAMINATION));
        trial.override("olga", Verdict.PASS, "the row was never trained on");
        trial.override("piet", Verdict.PASS, "checked");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        // They knew of it, so it does not take back what they decided.
        trial.stage().tickAfter(1);
        escalation("i1|violation", "another", "maths", true);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aCriticalEscalationOfTheCandidateTakesItsPassBackAtOnce() {
        play(plan("e1", slice("maths", 60)));
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        assertThat(trial.lastVerdict().getWatchedUntilMs()).isPositive();
        escalation("i1|violation", CANDIDATE, "french", true);
        assertThat(trial.lastVerdict()).satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.REVOKED);
            assertThat(verdict.getLatched()).isTrue();
            assertThat(verdict.getReason()).startsWith("passed, and then a critical escalation is open");
        });
        escalation("i1|violation", CANDIDATE, "french", false);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.REVOKED);
        // Two people may let it pass again.
        trial.override("olga", Verdict.PASS, "a false alarm");
        assertThat(trial.lastVerdict().getReason()).contains("i1|violation");
        trial.override("piet", Verdict.PASS, "it was");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        escalation("i9|violation", CANDIDATE, "french", true);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.REVOKED);
        assertThat(trial.lastVerdict().getOverruled()).isNull();
    }

    @Test
    void anEscalationOfAnotherModelSaysNothingOfWhatIsOut() {
        play(plan("e1", slice("maths", 60)));
        escalation("i1|violation", "another", "maths", true);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aPassIsWatchedForATime() {
        GatePlan plan = plan("e1", slice("maths", 60));
        plan.setWatchMs(5_000);
        play(plan);
        trial.stage().tickAfter(5_000);
        escalation("i1|violation", CANDIDATE, "maths", true);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        assertThat(trial.stage().facts(WatchEnded.class)).hasSize(1);
    }

    @Test
    void twoPeopleTakeAPassBack() {
        play(plan("e1", slice("maths", 60)));
        trial.override("olga", Verdict.REVOKED, "users complain");
        trial.override("piet", Verdict.REVOKED, "they do");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.REVOKED);
        assertThat(trial.lastVerdict().getReason()).contains("users complain; they do");
    }

    @Test
    void manyGatesAreLookedAtAFewPerTick() {
        concern("q", Blocker.SUSPENDED_RATER, true, List.of("reward"), List.of(), List.of(), List.of());
        for (int i = 0; i < 20; i++) {
            GatePlan plan = plan("e" + i, slice("maths", 60));
            plan.setCandidateId("model-" + (100 + i));
            plan.setLine("line-" + i);
            trial.submit(plan);
            for (String cluster : GatesTrial.clusters(60)) {
                trial.submit(trial.result()
                        .setCandidateId(plan.getCandidateId())
                        .setSlice("maths")
                        .setCluster(cluster)
                        .setDifferenceMicros(WIN)
                        .build());
            }
        }
        concern("q", Blocker.SUSPENDED_RATER, false, List.of("reward"), List.of(), List.of(), List.of());
        for (int i = 0; i < 3; i++) {
            trial.stage().tickAfter(1);
        }
        assertThat(trial.stage().facts(LookAdvanced.class)).hasSize(3);
        assertThat(trial.verdicts().stream().filter(verdict -> verdict.getVerdict() == Verdict.PASS))
                .hasSize(20);
    }

    private void play(GatePlan plan) {
        trial.submit(plan);
        trial.results("maths", 0, 60, WIN);
    }

    private void playOn(String holdout) {
        GatePlan plan = plan("e1", slice("maths", 60));
        plan.setHoldout(holdout);
        trial.submit(plan);
        for (String cluster : GatesTrial.clusters(60)) {
            trial.submit(trial.result()
                    .setSlice("maths")
                    .setCluster(cluster)
                    .setDifferenceMicros(WIN)
                    .setHoldout(holdout)
                    .build());
        }
    }

    private List<SpecificRecord> sealed(String version) {
        return trial.stage().send(version, new SealedVersion(version, "00", 0L));
    }

    private void escalation(String id, String model, String slice, boolean open) {
        concern(id, Blocker.CRITICAL_ESCALATION, open, List.of("violation"), List.of(model), List.of(slice), List.of());
    }

    private void concern(
            String id,
            Blocker blocker,
            boolean open,
            List<String> questions,
            List<String> models,
            List<String> slices,
            List<String> datasets) {
        String detail = blocker == Blocker.CRITICAL_ESCALATION ? "a critical escalation is open" : "so it is";
        trial.stage().send(id, new Concern(id, blocker, open, questions, models, slices, datasets, detail));
    }
}
