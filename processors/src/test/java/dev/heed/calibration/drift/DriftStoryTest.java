package dev.heed.calibration.drift;

import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.fact.OutcomeWatched;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.DetectorLog;
import dev.heed.math.Micros;
import dev.heed.out.DriftDetected;
import dev.heed.out.DriftMeasure;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.DriftWatch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftStoryTest {
    // Required accuracy 0.8: a wrong answer doubles M + 1, a right one takes a quarter off. The alarm is at M = 100.
    private CalibrationTrial trial = trial(0);
    private int items;

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    static CalibrationTrial trial(long minConsensusMicros) {
        return new CalibrationTrial(
                Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, CalibrationTrial.CLASSES))
                        .setPressures(List.of(
                                rule(DriftKind.RUBRIC_DRIFT).build(),
                                rule(DriftKind.RATER_DRIFT)
                                        .setMinConsensusMicros(minConsensusMicros)
                                        .build()))
                        .build());
    }

    private static PressureRule.Builder rule(DriftKind kind) {
        return PressureRule.newBuilder()
                .setKind(kind)
                .setAlphaMicros(10_000)
                .setLimitMicros(800_000)
                .setExpiryMs(60_000);
    }

    @Test
    void anAnswerToAKnownItemIsBetOnOnce() {
        trial.gold("a", "ok");
        trial.submit("a", human("a0", "zoe", "bad"));
        trial.submit("a", blind("a1", "anna", "bad"));
        assertThat(trial.stage().facts(OutcomeWatched.class)).singleElement().satisfies(watched -> {
            assertThat(watched.getRaterId()).isEqualTo("anna");
            assertThat(watched.getSource()).isEqualTo("gold");
            assertThat(watched.getRight()).isFalse();
            // 1 + 1.25 · 0.8
            assertThat(watched.getRaterFactorNanos()).isEqualTo(2_000_000_000L);
            assertThat(watched.getPoolFactorNanos()).isEqualTo(2_000_000_000L);
        });
        trial.submit("a", blind("a1", "anna", "bad"));
        trial.submit("a", blind("a2", "anna", "ok"));
        trial.withdraw("a", "a2");
        trial.submit("a", blind("a3", "anna", "ok"));
        trial.gold("a", "bad");
        assertThat(trial.stage().facts(OutcomeWatched.class)).hasSize(1);
    }

    @Test
    void anItemThatIsSettledAfterItsLabelsTellsNothingOfThem() {
        trial.submit("a", blind("a1", "anna", "ok"), blind("a2", "ben", "bad"), detector("f1", "filter", "", "bad"));
        trial.gold("a", "ok");
        assertThat(trial.stage().facts(OutcomeWatched.class)).isEmpty();
        trial.submit("a", blind("a3", "carl", "bad"));
        assertThat(trial.stage().facts(OutcomeWatched.class))
                .extracting(OutcomeWatched::getRaterId, OutcomeWatched::getRight)
                .containsExactly(tuple("carl", false));
    }

    @Test
    void anAnswerKnownUnderASupersededRubricTellsNothing() {
        trial.gold("a", "ok");
        trial.rubric("2");
        trial.submit("a", CalibrationTrial.tested("2", "a1", "anna", "bad"));
        assertThat(trial.stage().facts(OutcomeWatched.class)).isEmpty();
        trial.gold("a", "bad");
        trial.submit("a", CalibrationTrial.tested("2", "a2", "ben", "bad"));
        assertThat(trial.stage().facts(OutcomeWatched.class))
                .extracting(OutcomeWatched::getRaterId, OutcomeWatched::getRight)
                .containsExactly(tuple("ben", true));
    }

    @Test
    void whoIsSuspendedTellsNothingOfTheRubric() {
        trial = new CalibrationTrial(
                Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, CalibrationTrial.CLASSES))
                        .setPressures(List.of(rule(DriftKind.RUBRIC_DRIFT).build()))
                        .setRaterTrust(CalibrationTrial.rule().build())
                        .build());
        for (int i = 0; i < 3; i++) {
            answer("zoe", false);
        }
        assertThat(trial.stage().facts(OutcomeWatched.class)).hasSize(3);
        answer("zoe", false);
        answer("anna", true);
        assertThat(trial.stage().facts(OutcomeWatched.class))
                .extracting(OutcomeWatched::getRaterId)
                .containsExactly("zoe", "zoe", "zoe", "anna");
    }

    @Test
    void aRefusedLabelIsNoOutcome() {
        trial.gold("a", "ok");
        trial.submit("a", blind("a1", "anna", "no-such-class"));
        trial.submit("a", 0, blind("a2", "anna", "bad"));
        assertThat(trial.stage().facts(OutcomeWatched.class)).isEmpty();
    }

    @Test
    void oneRaterWhoAnswersWronglyIsNamedAndTheRubricIsNot() {
        // M of anna: 2, 6, 14, 30, 62, 126.
        round(5, "anna");
        assertThat(trial.alarms()).isEmpty();
        round(1, "anna");
        assertThat(trial.alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.getKind()).isEqualTo(DriftKind.RATER_DRIFT);
            assertThat(alarm.getDimension()).isEqualTo(Dimension.RATER);
            assertThat(alarm.getSubject()).isEqualTo("anna");
            assertThat(alarm.getEvidenceLogMicros()).isEqualTo(Micros.of(StrictMath.log(127)));
            assertThat(alarm.getThresholdLogMicros()).isEqualTo(Micros.of(StrictMath.log(101)));
            assertThat(alarm.getObservations()).isEqualTo(6);
            assertThat(alarm.getMeasures()).containsExactly(new DriftMeasure("accuracy", 0L, 800_000L));
            assertThat(alarm.getOccurrence()).isEqualTo(1);
        });
        // While the alarm stands anna is tested on, and the pool does without her.
        long pooled = watch().getPoolOutcomes();
        round(6, "anna");
        assertThat(trial.alarms()).extracting(DriftDetected::getOccurrence).containsExactly(1, 2);
        assertThat(watch().getPoolOutcomes()).isEqualTo(pooled + 18);
    }

    @Test
    void allWhoAnswerWronglyAreTheRubric() {
        round(2, "anna", "ben", "carl", "dora");
        // Of eight wrong answers six are left whoever is left out.
        assertThat(trial.alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.getKind()).isEqualTo(DriftKind.RUBRIC_DRIFT);
            assertThat(alarm.getDimension()).isEqualTo(Dimension.QUESTION);
            assertThat(alarm.getSubject()).isEqualTo(CalibrationTrial.QUESTION);
            assertThat(alarm.getEvidenceLogMicros()).isEqualTo(Micros.of(StrictMath.log(127)));
            assertThat(alarm.getObservations()).isEqualTo(8);
        });
        round(8, "anna", "ben", "carl", "dora");
        assertThat(trial.alarms()).extracting(DriftDetected::getKind).containsOnly(DriftKind.RUBRIC_DRIFT);
    }

    @Test
    void theBusiestIsNotBlamedWhenAllDrift() {
        for (int i = 0; i < 4; i++) {
            answer("anna", false);
            answer("ben", false);
        }
        answer("anna", false);
        // The others are half of the way to the rubric's alarm, so nobody is named yet.
        answer("anna", false);
        assertThat(trial.alarms()).isEmpty();
        answer("ben", false);
        answer("ben", false);
        assertThat(trial.alarms()).extracting(DriftDetected::getKind).containsExactly(DriftKind.RUBRIC_DRIFT);
    }

    @Test
    void anAlarmEndsByTickTime() {
        trial.stage().tickAfter(1_000);
        round(2, "anna", "ben", "carl", "dora");
        assertThat(trial.alarms()).singleElement().satisfies(alarm -> assertThat(alarm.getUntilMs())
                .isEqualTo(61_000));
        answer("anna", false);
        trial.stage().tickAfter(60_000);
        answer("anna", false);
        assertThat(trial.stage().facts(OutcomeWatched.class))
                .extracting(OutcomeWatched::getRaterFactorNanos)
                .endsWith(null, 2_000_000_000L);
    }

    @Test
    void agreementWithOthersSpeaksOfTheRaterAlone() {
        trial = trial(550_000);
        trial.submit("a", human("a1", "anna", "ok"));
        trial.submit("a", human("a2", "ben", "ok"));
        trial.submit("a", human("a3", "carl", "bad"));
        assertThat(trial.stage().facts(OutcomeWatched.class)).singleElement().satisfies(watched -> {
            assertThat(watched.getRaterId()).isEqualTo("carl");
            assertThat(watched.getSource()).isEqualTo("consensus");
            assertThat(watched.getRight()).isFalse();
            assertThat(watched.getPoolFactorNanos()).isNull();
        });
        // A revision is not held against what others say, nor the rater against themselves.
        trial.submit("a", human("a4", "anna", "bad"));
        assertThat(trial.stage().facts(OutcomeWatched.class)).hasSize(1);
    }

    @Test
    void theRatersToldApartAreLimited() {
        for (int i = 0; i < Watch.MAX_RATERS + 3; i++) {
            answer("rater-" + (1_000 + i), true);
        }
        assertThat(watch().getRaters()).hasSize(Watch.MAX_RATERS).noneMatch(rater -> rater.getRaterId()
                .equals("rater-1000"));
    }

    @Test
    void aQuestionThatIsNotWatchedKeepsNothing() {
        trial = new CalibrationTrial();
        trial.gold("a", "ok");
        trial.submit("a", blind("a1", "anna", "bad"));
        assertThat(trial.stage().state().get(DriftKeys.watch(CalibrationTrial.QUESTION), DriftWatch.class))
                .isNull();
    }

    @Test
    void whoComesNewLeavesThePoolAsItIs() {
        answer("anna", false);
        answer("ben", true);
        assertThat(watch().getRaters().get(0).getOthersLogNanos())
                .isEqualTo(DetectorLog.after(DetectorLog.NONE, 750_000_000L));
        assertThat(watch().getRaters().get(1).getOthersLogNanos())
                .isEqualTo(DetectorLog.after(DetectorLog.NONE, 2_000_000_000L));
    }

    /** Known items, each answered by four raters, of whom these answer wrongly. */
    private void round(int count, String... wrong) {
        for (int i = 0; i < count; i++) {
            for (String rater : List.of("anna", "ben", "carl", "dora")) {
                answer(rater, !List.of(wrong).contains(rater));
            }
        }
    }

    private void answer(String rater, boolean right) {
        String item = "item-" + items++;
        trial.gold(item, "ok");
        trial.submit(item, blind("label-" + item, rater, right ? "ok" : "bad"));
    }

    static SubmittedLabel blind(String labelId, String rater, String said) {
        return SubmittedLabel.newBuilder(human(labelId, rater, said))
                .setBlind(true)
                .build();
    }

    private DriftWatch watch() {
        return Watch.read(trial.stage().state(), CalibrationTrial.QUESTION);
    }
}
