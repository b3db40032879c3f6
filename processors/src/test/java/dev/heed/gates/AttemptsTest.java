package dev.heed.gates;

import static dev.heed.gates.GatesTrial.CANDIDATE;
import static dev.heed.gates.GatesTrial.plan;
import static dev.heed.gates.GatesTrial.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.GatePlan;
import dev.heed.event.Verdict;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.out.GateVerdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final GatesTrial trial = new GatesTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.stage().checkReplay();
    }

    @Test
    void plansOfOneLineShareTheirErrorLevel() {
        submit("tutor-1", "tutor", "", 1);
        submit("tutor-2", "tutor", "", 1);
        submit("coder-1", "coder", "", 1);
        submit("tutor-3", "tutor", "", 1);
        // 6 · 0.05 / (π² k²) for k = 1, 2, 1, 3.
        assertThat(trial.verdicts()).extracting(GateVerdict::getAttempt).containsExactly(1, 2, 1, 3);
        assertThat(trial.verdicts())
                .extracting(GateVerdict::getAlphaMicros)
                .containsExactly(30_396L, 7_599L, 30_396L, 3_377L);
    }

    @Test
    void candidatesOfAllLinesShareAHoldout() {
        submit("tutor-1", "tutor", "preference@3", 1);
        submit("coder-1", "coder", "preference@3", 1);
        submit("tutor-2", "tutor", "preference@4", 1);
        submit("coder-2", "coder", "preference@3", 1);
        assertThat(trial.verdicts()).extracting(GateVerdict::getAttempt).containsExactly(1, 2, 2, 3);
    }

    @Test
    void plansThatNameNoLineShareOne() {
        submit("tutor-1", "", "", 1);
        submit("coder-1", "", "", 1);
        assertThat(trial.verdicts()).extracting(GateVerdict::getAttempt).containsExactly(1, 2);
    }

    @Test
    void aPlanMayClaimMoreAttemptsThanAreKnownButNotFewer() {
        submit("tutor-1", "tutor", "", 4);
        submit("tutor-2", "tutor", "", 1);
        assertThat(trial.verdicts()).extracting(GateVerdict::getAttempt).containsExactly(4, 2);
    }

    @Test
    void aPlanThatIsSentAgainIsNoFurtherAttempt() {
        submit("tutor-1", "tutor", "", 1);
        submit("tutor-1", "tutor", "", 1);
        submit("tutor-2", "tutor", "", 1);
        assertThat(trial.verdicts()).extracting(GateVerdict::getAttempt).containsExactly(1, 2);
    }

    @Test
    void nothingIsBetOnBeforeTheAttemptIsKnown() {
        trial.stage().sendPublic(CANDIDATE, plan("e1", slice("maths", 60)));
        trial.results("maths", 0, 60, 1_000_000);
        trial.stage().tickAfter(1);
        assertThat(trial.stage().facts(EvidenceAdvanced.class)).isEmpty();
        assertThat(trial.verdicts()).isEmpty();
        trial.deliver();
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
        assertThat(trial.verdicts()).hasSize(1);
    }

    private void submit(String candidateId, String line, String holdout, int claimed) {
        GatePlan plan = plan("plan-" + candidateId, slice("maths", 5));
        plan.setCandidateId(candidateId);
        plan.setLine(line);
        plan.setHoldout(holdout);
        plan.setAttempt(claimed);
        trial.submit(plan);
    }
}
