package dev.heed.calibration.standing;

import static dev.heed.calibration.CalibrationTrial.human;
import static dev.heed.calibration.CalibrationTrial.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.AnomalyFound;
import dev.heed.fact.FirstLabelScored;
import dev.heed.fact.StandingChanged;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Question;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConductTest {
    private final CalibrationTrial trial = new CalibrationTrial(preference());
    private int items;

    private static Question preference() {
        Question question = Policies.question(CalibrationTrial.QUESTION, List.of("A", "B", "TIE"));
        question.setKind(FeedbackKind.PREFERENCE);
        return question;
    }

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void whoAlwaysPicksWhatIsShownFirstIsPutOnProbationAndNotSuspended() {
        trial.trust(rule().build());
        int answers = 0;
        do {
            prefer("anna", answers % 2 == 0 ? "A" : "B", answers % 2 == 0 ? "A" : "B");
            answers++;
        } while (trial.status("anna") == RaterStatus.ACTIVE);
        // Level 0.01: 1/α is 100. Each answer multiplies by 1.5, the cap of the stake: 1.5^12 is 129.7.
        assertThat(answers).isEqualTo(12);
        assertThat(trial.stage().facts(AnomalyFound.class)).singleElement().satisfies(found -> {
            assertThat(found.getTest()).isEqualTo("position");
            assertThat(found.getEvidence().getAnswers()).isEqualTo(12);
            assertThat(found.getEvidence().getRight()).isZero();
            assertThat(found.getEvidence().getLogEvidenceNanos()).isGreaterThan(found.getLogThresholdNanos());
        });
        assertThat(trial.stage().facts(StandingChanged.class)).last().satisfies(changed -> {
            assertThat(changed.getStanding().getStatus()).isEqualTo(RaterStatus.PROBATION);
            assertThat(changed.getCause()).isEqualTo("position");
        });
        for (int i = 0; i < 40; i++) {
            prefer("anna", "A", "A");
        }
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.PROBATION);
        assertThat(trial.stage().facts(AnomalyFound.class)).hasSizeGreaterThan(1);
    }

    @Test
    void tiesAndUnknownOrdersTellNothing() {
        trial.trust(rule().build());
        prefer("anna", "TIE", "A");
        trial.submit("unknown", human("l", "anna", "A"));
        assertThat(trial.stage().facts(FirstLabelScored.class))
                .allMatch(scored -> scored.getPickedFirst() == null && scored.getPosition() == null);
    }

    @Test
    void anOrderThatNobodyDrewTellsNothing() {
        trial.trust(rule().build());
        for (int i = 0; i < 200; i++) {
            // Unasked, from a producer that shows the better answer first.
            SubmittedLabel label = human("label-" + i, "anna", i % 2 == 0 ? "A" : "B");
            label.setShownFirst(label.getClassName());
            trial.submit("item-" + i, label);
        }
        assertThat(trial.stage().facts(FirstLabelScored.class))
                .hasSize(200)
                .allMatch(scored -> scored.getPickedFirst() == null && scored.getPosition() == null);
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ACTIVE);
    }

    @Test
    void whoDecidesByWhatTheyReadStays() {
        trial.trust(rule().build());
        for (int i = 0; i < 200; i++) {
            prefer("anna", i % 2 == 0 ? "A" : "B", i % 4 < 2 ? "A" : "B");
        }
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ACTIVE);
    }

    @Test
    void whoAnswersFarFasterThanThePoolIsPutOnProbation() {
        trial.trust(rule().setHasteMinAnswers(50).build());
        for (int i = 0; i < 60; i++) {
            answer("pool-" + i % 6, 10_000 + 500L * (i % 20));
        }
        int answers = 0;
        do {
            answer("hasty", 900);
            answers++;
        } while (trial.status("hasty") == RaterStatus.ACTIVE && answers < 100);
        // A quarter of the median of the pool is 3.5 s at most. Level 6·0.01/π²; each multiplies by 1 + 2·0.75 = 2.5,
        // and
        // 2.5^5 is below 164.5, 2.5^6 above.
        assertThat(answers).isEqualTo(6);
        assertThat(trial.stage().facts(AnomalyFound.class))
                .singleElement()
                .satisfies(found -> assertThat(found.getTest()).isEqualTo("haste"));
        assertThat(trial.status("pool-0")).isEqualTo(RaterStatus.ACTIVE);
    }

    @Test
    void durationsFallIntoQuartersOfADoubling() {
        assertThat(Durations.startOfMs(Durations.bin(1_000))).isEqualTo(896);
        assertThat(Durations.startOfMs(Durations.bin(1_024))).isEqualTo(1_024);
        assertThat(Durations.startOfMs(Durations.bin(0))).isZero();
        long before = -1;
        for (int bin = 0; bin < 100; bin++) {
            assertThat(Durations.startOfMs(bin)).isGreaterThan(before);
            assertThat(Durations.bin(Durations.startOfMs(bin))).isEqualTo(bin);
            before = Durations.startOfMs(bin);
        }
        assertThat(Durations.bin(Long.MAX_VALUE)).isLessThan(160);
    }

    private void prefer(String rater, String said, String shownFirst) {
        SubmittedLabel label = human("label-" + items, rater, said);
        label.setShownFirst(shownFirst);
        label.setBlind(true);
        trial.submit("item-" + items++, label);
    }

    private void answer(String rater, long durationMs) {
        SubmittedLabel label = human("label-" + items, rater, "A");
        label.setDurationMs(durationMs);
        trial.submit("item-" + items++, label);
    }
}
