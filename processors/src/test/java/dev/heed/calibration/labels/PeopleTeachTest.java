package dev.heed.calibration.labels;

import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.human;
import static dev.heed.calibration.CalibrationTrial.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Calibration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines earn their weight by what people say, and cannot make people look wrong. */
class PeopleTeachTest {
    private static final int ITEMS = 60;

    private final CalibrationTrial trial = new CalibrationTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void twoBadDetectorsThatAgreeDoNotOutweighPeople() {
        // Both flag every other item, whatever it is; two people say alike which one in six is bad.
        for (int i = 0; i < ITEMS; i++) {
            String flag = i % 2 == 0 ? "bad" : "ok";
            submit(i, detector("d" + i, "north", "", flag), detector("e" + i, "south", "", flag));
        }

        for (int i = 0; i < ITEMS; i++) {
            assertThat(trial.bad("item-" + i) > 500_000).as("item " + i).isEqualTo(isBad(i));
        }
        assertThat(trial.matrices().reliability(RaterKind.HUMAN, "anna")).isGreaterThan(.7);
        assertThat(trial.matrices().reliability(RaterKind.DETECTOR, "north")).isLessThan(.3);
    }

    @Test
    void aJudgeThatSaysOneClassOfEverythingHasNoWeight() {
        for (int i = 0; i < ITEMS; i++) {
            submit(i, label("j" + i, "judge", RaterKind.AI_JUDGE, "acme", "bad"));
        }
        trial.submit("without", human("l1", "anna", "ok"));
        trial.submit("with", human("l2", "anna", "ok"), label("jn", "judge", RaterKind.AI_JUDGE, "acme", "bad"));

        assertThat(trial.bad("with") - trial.bad("without")).isBetween(-20_000L, 20_000L);
    }

    @Test
    void whatMachinesSayChangesNoCountOfPeopleAndNoClassPrior() {
        Calibration still = Calibration.newBuilder().setRepairsPerLabel(0).build();
        CalibrationTrial with = new CalibrationTrial(CalibrationTrial.CLASSES, still);
        CalibrationTrial without = new CalibrationTrial(CalibrationTrial.CLASSES, still);
        for (int i = 0; i < ITEMS; i++) {
            with.submit("item-" + i, detector("d" + i, "north", "", isBad(i) ? "ok" : "bad"));
            with.submit("item-" + i, human("a" + i, "anna", said(i)));
            without.submit("item-" + i, human("a" + i, "anna", said(i)));
        }

        assertThat(with.counts().of(RaterKind.HUMAN, "anna"))
                .isEqualTo(without.counts().of(RaterKind.HUMAN, "anna"));
        assertThat(with.counts().beliefSums()).isEqualTo(without.counts().beliefSums());
    }

    private void submit(int i, SubmittedLabel... machines) {
        String item = "item-" + i;
        trial.submit(item, machines);
        trial.submit(item, human("a" + i, "anna", said(i)), human("b" + i, "ben", said(i)));
    }

    private static boolean isBad(int i) {
        return i % 6 == 1;
    }

    private static String said(int i) {
        return isBad(i) ? "bad" : "ok";
    }
}
