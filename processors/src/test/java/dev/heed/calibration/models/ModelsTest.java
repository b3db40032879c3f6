package dev.heed.calibration.models;

import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.fact.ModelsCompared;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private final CalibrationTrial trial = CalibrationTrial.plain(CalibrationTrial.CLASSES);

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void modelsAreToldAtTheNextTick() {
        trial.submit("chat", human("l1", "anna", "bad"), detector("s1", "filter", "", "bad"));
        assertThat(trial.bundles()).isEmpty();
        trial.stage().tickAfter(1_000);

        RaterModels bundle = trial.bundles().get(0);
        assertThat(bundle.getVersion()).isEqualTo(1);
        assertThat(bundle.getClasses()).containsExactly("ok", "bad");
        assertThat(bundle.getRaters()).extracting(RaterModel::getRaterId).containsExactly("filter");
        assertThat(bundle.getHumanMatrixMicros()).hasSize(4);
        assertThat(bundle.getHumanMatrixMicros().get(0)
                        + bundle.getHumanMatrixMicros().get(1))
                .isEqualTo(1_000_000);
        assertThat(trial.models()).extracting(RaterModel::getRaterId).containsExactly("filter", "anna");
        assertThat(trial.stage().sent(Channel.RATER_MODELS))
                .extracting(Outgoing::key)
                .containsExactly("violation|filter", "violation|anna");
        assertThat(trial.stage().sent(Channel.ITEMS_JOURNAL)).last().satisfies(sent -> assertThat(sent.destination())
                .isEqualTo(Destination.ALL_PARTITIONS));
    }

    @Test
    void aBundleTellsWhatALabelOfTheRaterIsWorth() {
        trial.gold("chat", "bad");
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.stage().tickAfter(1_000);
        RaterModel anna = trial.models().get(0);
        // Pooled bad row (1, 5)/6; anna (2·P + n)/(2 + 1): 1/9 and 8/9.
        assertThat(anna.getMatrixMicros().subList(2, 4)).containsExactly(111_111L, 888_889L);
        assertThat(anna.getLabels()).isEqualTo(1);
        assertThat(trial.bundles().get(0).getClassPriorMicros()).containsExactly(333_333L, 666_667L);
    }

    @Test
    void withinTheIntervalNothingIsToldAgain() {
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.stage().tickAfter(1_000);
        trial.submit("chat", human("l2", "ben", "bad"));
        trial.stage().tickAfter(ModelsFeature.COMPARE_INTERVAL_MS - 1);
        assertThat(trial.bundles()).hasSize(1);
        trial.stage().tickAfter(1);
        assertThat(trial.bundles()).extracting(RaterModels::getVersion).containsExactly(1L, 2L);
        trial.stage().tickAfter(ModelsFeature.COMPARE_INTERVAL_MS);
        assertThat(trial.bundles()).hasSize(2);
    }

    @Test
    void aMoveWithinTheToleranceIsComparedAndKeptToItself() {
        for (int i = 0; i < 3_000; i++) {
            trial.gold("item-" + i, i % 2 == 0 ? "ok" : "bad");
            trial.submit("item-" + i, human("l" + i, "anna", i % 2 == 0 ? "ok" : "bad"));
        }
        trial.stage().tickAfter(1_000);
        trial.gold("one-more", "ok");
        trial.submit("one-more", human("more", "anna", "ok"));
        trial.stage().tickAfter(ModelsFeature.COMPARE_INTERVAL_MS);
        assertThat(trial.stage().facts(ModelsCompared.class)).hasSize(2);
        assertThat(trial.bundles()).hasSize(1);
        assertThat(trial.models()).hasSize(1);
    }

    @Test
    void ratersBeyondTheLimitWaitForTheNextInterval() {
        int raters = ModelsFeature.MAX_RATERS_COMPARED + 10;
        for (int i = 0; i < raters; i++) {
            trial.submit("item-" + i, human("l" + i, "rater-" + i, "ok"));
        }
        trial.stage().tickAfter(1_000);
        assertThat(trial.models()).hasSize(ModelsFeature.MAX_RATERS_COMPARED);
        trial.stage().tickAfter(ModelsFeature.COMPARE_INTERVAL_MS);
        assertThat(trial.models().stream().map(RaterModel::getRaterId).distinct())
                .hasSize(raters);
    }

    @Test
    void aRaterWhoseLabelsAreGoneIsToldAsUnknown() {
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.stage().tickAfter(1_000);
        trial.withdraw("chat", "l1");
        trial.stage().tickAfter(ModelsFeature.COMPARE_INTERVAL_MS);
        RaterModel anna = trial.models().get(1);
        assertThat(anna.getLabels()).isZero();
        assertThat(anna.getMatrixMicros()).containsExactly(800_000L, 200_000L, 200_000L, 800_000L);
    }
}
