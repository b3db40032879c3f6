package dev.heed.calibration.labels;

import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.calibration.Matrices;
import dev.heed.policy.Calibration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People see what a filter flags and a tenth of the rest: what is learned must hold for what they do not see. */
class SelectedItemsTest {
    private static final double BAD = 0.1;
    private static final int ITEMS = 3_000;

    private final CalibrationTrial trial = new CalibrationTrial();
    private final SplittableRandom random = new SplittableRandom(7);
    private double flaggedAndBad;
    private double flagged;

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void thePriorOfAllItemsIsNotThatOfThoseSeen() {
        for (int item = 0; item < ITEMS; item++) {
            see(item);
        }
        Matrices models = new Matrices(trial.counts(), Calibration.newBuilder().build());
        assertThat(models.populationPrior()[1]).isCloseTo(BAD, within(0.05));
        assertThat(models.classPrior()[1]).isGreaterThan(2.5 * BAD);
    }

    @Test
    void aFlagIsBelievedAsOftenAsItIsRight() {
        for (int item = 0; item < ITEMS; item++) {
            see(item);
        }
        trial.submit("new", detector("v-new", "filter", "", "bad"));
        assertThat(trial.bad("new") / 1e6).isCloseTo(flaggedAndBad / flagged, within(0.06));
    }

    /** The filter flags four of five that are bad and one of ten that are not; three people of nine in ten right look. */
    private void see(int item) {
        boolean bad = random.nextDouble() < BAD;
        boolean flags = random.nextDouble() < (bad ? 0.8 : 0.1);
        flagged += flags ? 1 : 0;
        flaggedAndBad += flags && bad ? 1 : 0;
        if (!flags && random.nextInt(10) > 0) {
            return;
        }
        String id = "item-" + item;
        trial.submit(
                id,
                flags ? 1_000_000 : 100_000,
                detector("v-" + item, "filter", "", flags ? "bad" : "ok"),
                human("a-" + item, "anna", said(bad)));
        trial.submit(id, human("b-" + item, "ben", said(bad)));
        trial.submit(id, human("c-" + item, "cleo", said(bad)));
    }

    private String said(boolean bad) {
        return (random.nextDouble() < 0.9) == bad ? "bad" : "ok";
    }
}
