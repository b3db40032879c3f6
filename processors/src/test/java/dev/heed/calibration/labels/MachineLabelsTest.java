package dev.heed.calibration.labels;

import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.human;
import static dev.heed.calibration.CalibrationTrial.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.core.NotUpgraded;
import dev.heed.event.RaterKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Detectors and judges are raters who must earn their weight, from humans and not from each other. */
class MachineLabelsTest {
    private final CalibrationTrial trial = new CalibrationTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void machinesAloneMoveABeliefButNoCounts() {
        trial.submit("chat", detector("s1", "filter", "", "bad"), detector("s2", "judge", "", "bad"));
        assertThat(trial.bad("chat")).isGreaterThan(900_000);
        assertThat(trial.counts().beliefSums()).containsExactly(0, 0);
        assertThat(trial.counts().pooled(RaterKind.DETECTOR)).containsOnly(0);
        assertThat(trial.told()).singleElement().satisfies(told -> assertThat(told.getHumanLabels())
                .isZero());
    }

    @Test
    void theyCountFromTheFirstHumanLabelToTheLast() {
        trial.submit("chat", detector("s1", "filter", "", "bad"));
        trial.submit("chat", human("l1", "anna", "ok"));
        long[] filter = trial.counts().of(RaterKind.DETECTOR, "filter");
        assertThat(filter[1]).isEqualTo(trial.item("chat").getPeopleMicros().get(0));
        assertThat(trial.counts().pooled(RaterKind.DETECTOR)).containsExactly(filter);
        assertThat(trial.counts().pooled(RaterKind.HUMAN)[1]).isZero();

        trial.withdraw("chat", "l1");
        assertThat(trial.counts().of(RaterKind.DETECTOR, "filter")).containsOnly(0);
        assertThat(trial.item("chat").getHeld()).hasSize(1);
    }

    @Test
    void aKnownAnswerTeachesThemWithoutAHuman() {
        trial.submit("chat", detector("s1", "filter", "", "bad"));
        trial.gold("chat", "ok");
        assertThat(trial.counts().of(RaterKind.DETECTOR, "filter")).containsExactly(0, 1_000_000, 0, 0);
    }

    @Test
    void anUnlikelyItemStandsForAllLikeItUpToACap() {
        trial.gold("rare", "bad");
        trial.submit("rare", 250_000, human("l1", "anna", "bad"), detector("s1", "filter", "", "ok"));
        assertThat(trial.counts().of(RaterKind.DETECTOR, "filter")).containsExactly(0, 0, 4_000_000, 0);
        assertThat(trial.counts().of(RaterKind.HUMAN, "anna")).containsExactly(0, 0, 0, 1_000_000);

        trial.gold("rarest", "bad");
        trial.submit("rarest", 1, human("l2", "anna", "bad"), detector("s2", "filter", "", "bad"));
        assertThat(trial.counts().of(RaterKind.DETECTOR, "filter")[3]).isEqualTo(20_000_000);
    }

    @Test
    void theWeightIsThatOfTheFirstHumanLook() {
        trial.gold("chat", "bad");
        trial.submit("chat", 500_000, human("l1", "anna", "bad"), detector("s1", "filter", "", "bad"));
        trial.submit("chat", 1_000_000, human("l2", "ben", "bad"));
        assertThat(trial.item("chat").getWeightMicros()).isEqualTo(2_000_000);
        assertThat(trial.counts().of(RaterKind.DETECTOR, "filter")).containsExactly(0, 0, 0, 2_000_000);
    }

    @Test
    void machinesOfOneVendorShareAVote() {
        trial.submit(
                "shared",
                human("l1", "anna", "bad"),
                detector("s1", "a1", "acme", "ok"),
                detector("s2", "a2", "acme", "ok"));
        // By hand: the human's 4 to 1 against one vote of 4 to 1.
        assertThat(trial.bad("shared")).isEqualTo(500_000);

        CalibrationTrial apart = new CalibrationTrial();
        apart.submit(
                "apart",
                human("l1", "anna", "bad"),
                detector("s1", "a1", "acme", "ok"),
                detector("s2", "b1", "other", "ok"));
        assertThat(apart.bad("apart")).isEqualTo(200_000);
        apart.check();
    }

    @Test
    void humansOfOneVendorDoNotShareAVote() {
        trial.submit(
                "chat",
                label("l1", "anna", RaterKind.HUMAN, "agency", "bad"),
                label("l2", "ben", RaterKind.HUMAN, "agency", "bad"));
        // 16 to 1.
        assertThat(trial.bad("chat")).isEqualTo(941_176);
    }

    @Test
    void aProfileSaysWhichMachineARaterIs() {
        trial.profile("gpt", RaterKind.AI_JUDGE, "acme");
        trial.submit("chat", human("l1", "anna", "bad"), label("l2", "gpt", RaterKind.DETECTOR, "", "bad"));
        assertThat(trial.counts().of(RaterKind.AI_JUDGE, "gpt")[3]).isPositive();
        assertThat(trial.counts().of(RaterKind.DETECTOR, "gpt")).containsOnly(0);
        assertThat(trial.item("chat").getHeld().get(1).getVendorGroup()).isEqualTo("acme");

        // A later profile concerns later labels; what was counted is taken back as it was counted.
        trial.profile("gpt", RaterKind.DETECTOR, "acme");
        trial.submit("chat", label("l3", "gpt", RaterKind.AI_JUDGE, "", "ok"));
        assertThat(trial.counts().of(RaterKind.AI_JUDGE, "gpt")).containsOnly(0);
        assertThat(trial.counts().of(RaterKind.DETECTOR, "gpt")[0]).isPositive();
    }

    @Test
    void whoTookASlotIsAPersonAndWhoTookNoneIsNot() {
        trial.profile("gpt", RaterKind.AI_JUDGE, "acme");
        trial.profile("anna", RaterKind.HUMAN, "");
        trial.submit("chat", human("l1", "gpt", "bad"), label("l2", "anna", RaterKind.AI_JUDGE, "", "bad"));
        assertThat(trial.item("chat").getHeld())
                .extracting(label -> label.getRaterId() + " " + label.getRaterKind())
                .containsExactly("gpt HUMAN", "anna AI_JUDGE");
    }

    @Test
    void aKindFromANewerVersionStopsTheStage() {
        CalibrationTrial stopped = new CalibrationTrial();
        assertThatThrownBy(() -> stopped.submit("chat", label("l1", "anna", RaterKind.UNKNOWN, "", "ok")))
                .isInstanceOf(NotUpgraded.class);
    }
}
