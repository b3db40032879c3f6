package dev.heed.calibration.rates;

import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.human;
import static dev.heed.calibration.CalibrationTrial.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.core.Channel;
import dev.heed.event.RaterKind;
import dev.heed.fact.RatesCompared;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.DetectorErrorRates;
import dev.heed.state.VerdictTally;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RatesTest {
    private final CalibrationTrial trial = new CalibrationTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void anExploredMissCountsForAllItStandsFor() {
        trial.gold("a", "bad");
        trial.submit("a", scored("s1", "bad"));
        trial.gold("b", "bad");
        trial.submit("b", scored("s2", "bad"));
        trial.gold("c", "bad");
        trial.submit("c", 100_000, scored("s3", "ok"));
        trial.gold("d", "ok");
        trial.submit("d", scored("s4", "bad"));
        trial.gold("e", "ok");
        trial.submit("e", 250_000, scored("s5", "ok"));
        trial.stage().tickAfter(1_000);

        DetectorErrorRates rates = published("bad");
        assertThat(rates.getThresholdMicros()).isEqualTo(700_000L);
        // Missed: 10 of 10 + 1 + 1. Flagged in error: 1 of 1 + 4.
        assertThat(rates.getFalseNegativeMicros()).isEqualTo(833_333);
        assertThat(rates.getViolationItems()).isEqualTo(3);
        assertThat(rates.getFalsePositiveMicros()).isEqualTo(200_000);
        assertThat(rates.getCleanItems()).isEqualTo(2);
        assertThat(rates.getFalseNegativeLowMicros()).isLessThan(833_333);
        assertThat(rates.getFalseNegativeHighMicros()).isGreaterThan(833_333);
        assertThat(trial.stage().sent(Channel.DETECTOR_RATES))
                .extracting(sent -> sent.key())
                .containsExactly("violation|filter|ok|700000", "violation|filter|bad|700000");
    }

    @Test
    void aMachineIsHeldAgainstNoAnswerUnderASupersededRubric() {
        trial.gold("a", "bad");
        trial.submit("a", detector("s1", "filter", "", "ok"));
        assertThat(tally("s1", "filter").getItemsMicros()).containsExactly(0L, 0L, 1_000_000L, 0L);
        trial.rubric("2");
        trial.stage().tickAfter(1_000);
        assertThat(tally("s1", "filter").getItemsMicros()).containsOnly(0L);
        trial.gold("a", "ok");
        assertThat(tally("s1", "filter").getItemsMicros()).containsExactly(1_000_000L, 0L, 0L, 0L);
    }

    @Test
    void aMachineIsHeldAgainstPeopleAndNotAgainstItself() {
        trial.submit(
                "chat",
                detector("s1", "filter", "", "bad"),
                detector("s2", "other", "", "bad"),
                detector("s3", "third", "", "bad"));
        trial.stage().tickAfter(1_000);
        assertThat(trial.stage().sent(Channel.DETECTOR_RATES)).isEmpty();
        trial.submit("chat", human("l1", "anna", "ok"));
        trial.stage().tickAfter(1_000);
        // Three machines against one person: the belief is theirs, the truth they are held to is hers.
        assertThat(trial.bad("chat")).isGreaterThan(500_000);
        VerdictTally tally = tally("s1", "filter");
        assertThat(tally.getItemsMicros().get(1)).isGreaterThan(500_000);
        assertThat(tally.getItemsMicros().get(1) + tally.getItemsMicros().get(3))
                .isEqualTo(1_000_000);
        assertThat(published("bad").getFalsePositiveMicros()).isEqualTo(1_000_000);
    }

    @Test
    void whatAnItemNoLongerSaysIsTakenBackToTheLastMicro() {
        trial.submit("chat", 70_001, human("l1", "anna", "ok"), detector("s1", "filter", "", "bad"));
        trial.submit("chat", human("l2", "ben", "bad"), detector("s2", "filter", "", "ok"));
        trial.withdraw("chat", "l1");
        trial.withdraw("chat", "l2");
        assertThat(tally("s1", "filter").getWeightsMicros()).containsOnly(0L);
        assertThat(tally("s1", "filter").getSquaresMilli()).containsOnly(0L);
        trial.submit("chat", human("l3", "cleo", "ok"));
        // The item was drawn once, with the probability it came with.
        assertThat(tally("s1", "filter").getWeightsMicros().get(0)).isGreaterThan(7_000_000);
    }

    @Test
    void ratesAreToldWhenTheyHaveMovedAndNotMoreOftenThanTheInterval() {
        judge(0, 10);
        trial.stage().tickAfter(1_000);
        int told = trial.stage().sent(Channel.DETECTOR_RATES).size();
        judge(10, 11);
        trial.stage().tickAfter(RatesFeature.COMPARE_INTERVAL_MS - 1);
        assertThat(trial.stage().sent(Channel.DETECTOR_RATES)).hasSize(told);
        trial.stage().tickAfter(1);
        assertThat(trial.stage().sent(Channel.DETECTOR_RATES)).hasSize(2 * told);
        trial.stage().tickAfter(RatesFeature.COMPARE_INTERVAL_MS);
        assertThat(trial.stage().facts(RatesCompared.class)).hasSize(2);
    }

    @Test
    void anotherThresholdIsAnotherDetector() {
        trial.gold("a", "bad");
        trial.submit("a", scored("s1", "ok"));
        SubmittedLabel stricter = scored("s2", "bad");
        stricter.setThresholdMicros(400_000L);
        trial.gold("b", "bad");
        trial.submit("b", stricter);
        trial.stage().tickAfter(1_000);
        assertThat(trial.stage().sent(Channel.DETECTOR_RATES))
                .extracting(sent -> (DetectorErrorRates) Objects.requireNonNull(sent.value()))
                .filteredOn(rates -> rates.getCategory().equals("bad"))
                .extracting(DetectorErrorRates::getFalseNegativeMicros)
                .containsExactlyInAnyOrder(1_000_000L, 0L);
    }

    @Test
    void aJudgeThatPeopleDoNotBearOutHasNoSay() {
        for (int i = 0; i < 400; i++) {
            String truth = i % 2 == 0 ? "ok" : "bad";
            // It says one or the other whatever the truth is.
            String said = i % 4 < 2 ? "ok" : "bad";
            trial.gold("gold-" + i, truth);
            trial.submit("gold-" + i, label("j" + i, "judge", RaterKind.AI_JUDGE, "acme", said));
        }
        trial.submit("without", human("l1", "anna", "ok"));
        trial.submit("with", human("l2", "ben", "ok"), label("jn", "judge", RaterKind.AI_JUDGE, "acme", "bad"));
        trial.submit("unknown", human("l3", "cleo", "ok"), label("jx", "other", RaterKind.DETECTOR, "", "bad"));
        assertThat(Math.abs(trial.bad("with") - trial.bad("without"))).isLessThan(50_000);
        assertThat(trial.bad("unknown") - trial.bad("without")).isGreaterThan(100_000);
        trial.stage().tickAfter(1_000);
        assertThat(published("bad").getFalsePositiveMicros()).isCloseTo(500_000L, within(10_000L));
        assertThat(published("bad").getKind()).isEqualTo(RaterKind.AI_JUDGE);
    }

    @Test
    void judgesOfOneVendorShareAVote() {
        CalibrationTrial one = new CalibrationTrial();
        one.submit("one", human("l1", "anna", "ok"), label("j1", "judge-1", RaterKind.AI_JUDGE, "acme", "bad"));
        // Apart from each other, so that no item teaches how good the judges of the next are.
        CalibrationTrial two = new CalibrationTrial();
        two.submit(
                "two",
                human("l2", "anna", "ok"),
                label("j2", "judge-1", RaterKind.AI_JUDGE, "acme", "bad"),
                label("j3", "judge-2", RaterKind.AI_JUDGE, "acme", "bad"));
        CalibrationTrial apart = new CalibrationTrial();
        apart.submit(
                "apart",
                human("l3", "anna", "ok"),
                label("j4", "judge-1", RaterKind.AI_JUDGE, "acme", "bad"),
                label("j5", "judge-3", RaterKind.AI_JUDGE, "other", "bad"));
        assertThat(Math.abs(two.bad("two") - one.bad("one"))).isLessThan(100_000);
        assertThat(apart.bad("apart")).isGreaterThan(two.bad("two") + 100_000);
    }

    private void judge(int from, int to) {
        for (int i = from; i < to; i++) {
            trial.gold("item-" + i, "bad");
            trial.submit("item-" + i, detector("v" + i, "filter", "", i % 3 == 0 ? "ok" : "bad"));
        }
    }

    private static SubmittedLabel scored(String labelId, String said) {
        SubmittedLabel verdict = detector(labelId, "filter", "", said);
        verdict.setThresholdMicros(700_000L);
        return verdict;
    }

    private VerdictTally tally(String labelId, String rater) {
        String key = RateKeys.tally(CalibrationTrial.QUESTION, detector(labelId, rater, "", "ok"));
        return Objects.requireNonNull(trial.stage().state().get(key, VerdictTally.class));
    }

    /** The rates published last for a class. */
    private DetectorErrorRates published(String category) {
        List<DetectorErrorRates> all = trial.stage().sent(Channel.DETECTOR_RATES).stream()
                .map(sent -> (DetectorErrorRates) Objects.requireNonNull(sent.value()))
                .filter(rates -> rates.getCategory().equals(category)
                        && !rates.getRaterId().equals("other"))
                .toList();
        return all.get(all.size() - 1);
    }
}
