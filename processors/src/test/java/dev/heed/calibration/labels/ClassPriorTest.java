package dev.heed.calibration.labels;

import static dev.heed.calibration.CalibrationTrial.QUESTION;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.policy.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two classes. Before anything was counted a person is right in 8 of 10, so "bad" is 4 times as likely of what is bad. */
class ClassPriorTest {
    private static CalibrationTrial trial(Long... priorMicros) {
        Question question = Policies.question(QUESTION, CalibrationTrial.CLASSES);
        question.setPriorMicros(List.of(priorMicros));
        return new CalibrationTrial(question);
    }

    @Test
    void theFirstLabelIsHeldAgainstThePriorOfThePolicy() {
        CalibrationTrial trial = trial(9_000_000L, 1_000_000L);
        trial.submit("i1", human("f1", "ada", "bad"));
        // Odds of 1 to 9 times 4 are 4 to 9.
        assertThat(trial.bad("i1")).isEqualTo(307_692);
        trial.check();
    }

    @Test
    void withoutOneBothClassesAreAsLikely() {
        CalibrationTrial trial = trial();
        trial.submit("i1", human("f1", "ada", "bad"));
        assertThat(trial.bad("i1")).isEqualTo(800_000);
        CalibrationTrial ones = trial(1_000_000L, 1_000_000L);
        ones.submit("i1", human("f1", "ada", "bad"));
        assertThat(ones.told()).isEqualTo(trial.told());
    }

    @Test
    void itsStrengthIsHowManyItemsItStandsFor() {
        CalibrationTrial weak = trial(900_000L, 100_000L);
        CalibrationTrial strong = trial(90_000_000L, 10_000_000L);
        for (CalibrationTrial each : List.of(weak, strong)) {
            for (int i = 0; i < 10; i++) {
                each.gold("i" + i, "bad");
            }
            each.submit("new", human("f1", "ada", "bad"));
            each.stage().tickAfter(10_000);
        }
        // Odds of 10.1 to 0.9, and of 20 to 90, times 4.
        assertThat(weak.bad("new")).isEqualTo(978_208);
        assertThat(strong.bad("new")).isEqualTo(470_588);
        assertThat(strong.bundles().get(0).getClassPriorMicros().get(1))
                .as("what triage goes by has it in")
                .isBetween(180_000L, 190_000L);
        strong.check();
    }
}
