package dev.heed.gates;

import static dev.heed.gates.GatesTrial.plan;
import static dev.heed.gates.GatesTrial.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.event.Verdict;
import dev.heed.journal.SliceAlert;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertedGatesTest {
    private static final long WIN = 1_000_000;
    private static final long LOSS = -1_000_000;

    private final GatesTrial trial = new GatesTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.stage().checkReplay();
    }

    @Test
    void aGateOnAnAlertedSliceDoesNotPassUntilTheAlertEnds() {
        alert(Dimension.SLICE, "maths", "another", 50_000, true);
        play(WIN);
        assertThat(trial.lastVerdict()).satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(verdict.getLatched()).isFalse();
            assertThat(verdict.getReason()).contains("alert a1 stands until 50000");
            assertThat(verdict.getBlockedBy()).isEqualTo("a1");
            assertThat(verdict.getBlockedUntilMs()).isEqualTo(50_000);
        });
        int said = trial.verdicts().size();
        trial.stage().tickAfter(49_999);
        assertThat(trial.verdicts()).hasSize(said);
        trial.stage().tickAfter(1);
        assertThat(trial.lastVerdict()).satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.PASS);
            assertThat(verdict.getLatched()).isTrue();
            assertThat(verdict.getBlockedBy()).isEmpty();
        });
        trial.stage().tickAfter(2_000_000);
        assertThat(trial.verdicts()).hasSize(said + 1);
    }

    @Test
    void anAlertThatComesAgainHoldsOn() {
        alert(Dimension.SLICE, "maths", "another", 50_000, true);
        play(WIN);
        alert(Dimension.SLICE, "maths", "another", 90_000, true);
        trial.stage().tickAfter(50_000);
        assertThat(trial.lastVerdict().getBlockedUntilMs()).isEqualTo(90_000);
        trial.stage().tickAfter(40_000);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aBlockedGateOutlivesItsDeadline() {
        alert(Dimension.SLICE, "maths", "another", GatesTrial.DEADLINE_MS + 5_000, true);
        play(WIN);
        int said = trial.verdicts().size();
        trial.stage().tickAfter(GatesTrial.DEADLINE_MS);
        trial.stage().tickAfter(1);
        assertThat(trial.verdicts()).hasSize(said);
        trial.stage().tickAfter(5_000);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void anAlertOnTheQuestionThatThePlanMeasuresBlocksIt() {
        alert(Dimension.QUESTION, "reward", "reward", 50_000, true);
        play(WIN);
        assertThat(trial.lastVerdict().getBlockedBy()).isEqualTo("a1");
    }

    @Test
    void otherAlertsBlockNothing() {
        alert(Dimension.SLICE, "maths", "reward", 50_000, false);
        play(WIN);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void anAlertOnAnotherSliceBlocksNothing() {
        alert(Dimension.SLICE, "french", "reward", 50_000, true);
        play(WIN);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aGateThatFailsFailsAtOnce() {
        alert(Dimension.SLICE, "maths", "another", 50_000, true);
        play(LOSS);
        assertThat(trial.lastVerdict()).satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.FAIL);
            assertThat(verdict.getLatched()).isTrue();
        });
    }

    private void play(long differenceMicros) {
        trial.submit(plan("e1", slice("maths", 60)));
        trial.results("maths", 0, 60, differenceMicros);
    }

    private void alert(Dimension dimension, String subject, String questionId, long untilMs, boolean blocksGates) {
        trial.stage()
                .send(
                        "alert",
                        new SliceAlert(
                                "a1",
                                questionId,
                                DriftKind.POLICY_AMBIGUITY,
                                dimension,
                                subject,
                                List.of(),
                                1_000_000L,
                                untilMs,
                                blocksGates));
    }
}
