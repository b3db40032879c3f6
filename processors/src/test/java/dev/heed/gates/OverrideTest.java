package dev.heed.gates;

import static dev.heed.gates.GatesTrial.CANDIDATE;
import static dev.heed.gates.GatesTrial.assertRefused;
import static dev.heed.gates.GatesTrial.plan;
import static dev.heed.gates.GatesTrial.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.GateOverride;
import dev.heed.event.GatePlan;
import dev.heed.event.Verdict;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.OverrideExpired;
import dev.heed.fact.OverrideGranted;
import dev.heed.fact.OverrideProposed;
import dev.heed.journal.ActionAccepted;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverrideTest {
    private static final long LOSS = -1_000_000;

    private final GatesTrial trial = new GatesTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.stage().checkReplay();
    }

    @Test
    void twoPeopleOverruleAGateAndBothAreOnRecord() {
        failed();
        trial.override("Olga", Verdict.PASS, "the slice is measured wrongly");
        assertThat(trial.lastVerdict()).satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.FAIL);
            assertThat(Objects.requireNonNull(verdict.getProposed()).getActor()).isEqualTo("Olga");
        });
        trial.override("Piet", Verdict.PASS, "checked by hand");
        assertThat(trial.lastVerdict()).satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.PASS);
            assertThat(verdict.getLatched()).isTrue();
            assertThat(verdict.getProposed()).isNull();
            OverrideGranted granted = Objects.requireNonNull(verdict.getOverruled());
            assertThat(granted.getActors()).containsExactly("Olga", "Piet");
            assertThat(granted.getReasons()).containsExactly("the slice is measured wrongly", "checked by hand");
            assertThat(granted.getInsteadOf()).isEqualTo(Verdict.FAIL);
            assertThat(verdict.getReason())
                    .startsWith("overruled by Olga and Piet")
                    .contains("worse than the margin");
        });
    }

    @Test
    void nobodyCanDoItAlone() {
        failed();
        trial.override("olga", Verdict.PASS, "urgent");
        assertRefused(trial.override("Olga ", Verdict.PASS, "urgent"), "override_alone", "another person");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.FAIL);
        assertThat(trial.stage().facts(OverrideGranted.class)).isEmpty();
    }

    @Test
    void aVoteThatNobodySecondsEnds() {
        failed();
        trial.override("olga", Verdict.PASS, "urgent");
        long until = trial.stage().facts(OverrideProposed.class).get(0).getUntilMs();
        trial.stage().tickAfter(until - trial.stage().nowMs() - 1);
        assertThat(trial.stage().facts(OverrideExpired.class)).isEmpty();
        trial.stage().tickAfter(1);
        assertThat(trial.stage().facts(OverrideExpired.class)).hasSize(1);
        assertThat(trial.lastVerdict().getProposed()).isNull();
        // A later one begins anew.
        trial.override("piet", Verdict.PASS, "late");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.FAIL);
        trial.override("olga", Verdict.PASS, "in time");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void peopleMustWantTheSame() {
        trial.submit(plan("e1", slice("maths", 60)));
        trial.override("olga", Verdict.PASS, "fine");
        trial.override("piet", Verdict.FAIL, "not at all");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(Objects.requireNonNull(trial.lastVerdict().getProposed()).getActor())
                .isEqualTo("piet");
        trial.override("olga", Verdict.FAIL, "convinced");
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.FAIL);
        // What people decided stays, whatever results still come.
        trial.results("maths", 0, 60, 1_000_000);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.FAIL);
        assertThat(trial.lastVerdict().getReason()).contains("without them: every slice is shown");
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertRefused(trial.override("olga", Verdict.PASS, "x"), "candidate_unknown", CANDIDATE);
        failed();
        assertRefused(trial.override("olga", Verdict.FAIL, "x"), "override_needless", "another verdict");
        assertRefused(trial.override("olga", Verdict.REVOKED, "x"), "override_verdict", "nothing has passed");
        assertRefused(trial.override("olga", Verdict.INCONCLUSIVE, "x"), "override_verdict", "PASS, FAIL, REVOKED");
    }

    @Test
    void aVoteThatIsSentAgainIsARepeat() {
        failed();
        ActionAccepted action = new ActionAccepted();
        action.setEventId("again");
        action.setActor("olga");
        action.setOverride(new GateOverride(CANDIDATE, Verdict.PASS, "urgent"));
        trial.stage().sendPublic(CANDIDATE, action);
        assertThat(trial.stage().sendPublic(CANDIDATE, action)).singleElement().isInstanceOf(DuplicateIgnored.class);
        trial.override("piet", Verdict.PASS, "yes");
        assertThat(trial.stage().sendPublic(CANDIDATE, action)).singleElement().isInstanceOf(DuplicateIgnored.class);
    }

    private void failed() {
        GatePlan plan = plan("e1", slice("maths", 60));
        trial.submit(plan);
        trial.results("maths", 0, 60, LOSS);
        assertThat(trial.lastVerdict().getVerdict()).isEqualTo(Verdict.FAIL);
    }
}
