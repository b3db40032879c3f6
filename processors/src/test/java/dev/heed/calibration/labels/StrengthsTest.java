package dev.heed.calibration.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.event.FeedbackKind;
import dev.heed.policy.Question;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StrengthsTest {
    private final CalibrationTrial trial = trial(500_000);

    private static CalibrationTrial trial(long priorMicros) {
        return new CalibrationTrial(
                Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, List.of("a", "b", "c")))
                        .setKind(FeedbackKind.RANKING)
                        .setCandidates(3)
                        .setRankingPriorMicros(priorMicros)
                        .build());
    }

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    private List<Long> strengths() {
        return trial.told().get(trial.told().size() - 1).getStrengthsMicros();
    }

    @Test
    void aRankingGivesStrengthsInItsOrder() {
        trial.submit("i", trial.ranking("l1", "anna", 2, 0, 1));
        assertThat(strengths().stream().mapToLong(Long::longValue).sum()).isEqualTo(1_000_000);
        assertThat(strengths().get(2)).isGreaterThan(strengths().get(0));
        assertThat(strengths().get(0)).isGreaterThan(strengths().get(1));
        assertThat(trial.item("i").getBeliefMicros())
                .as("the belief is about the best")
                .satisfies(belief -> assertThat(belief.get(2)).isGreaterThan(belief.get(0)));
    }

    @Test
    void byHand() {
        CalibrationTrial two = new CalibrationTrial(
                Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, List.of("a", "b")))
                        .setKind(FeedbackKind.RANKING)
                        .setCandidates(2)
                        .setRankingPriorMicros(500_000)
                        .build());
        two.submit("i", two.ranking("l1", "anna", 0, 1));
        // Wins w + 0.25 against 0.25: of two candidates the fit is their share.
        double w = two.strengthOfRater("anna");
        assertThat(two.told().get(0).getStrengthsMicros().get(0)).isEqualTo(Math.round(1e6 * (w + 0.25) / (w + 0.5)));
        two.check();
    }

    @Test
    void whoIsNotNamedComesAfterAllWhoAre() {
        trial.submit("i", trial.ranking("l1", "anna", 1));
        assertThat(strengths().get(1)).isGreaterThan(strengths().get(0));
        assertThat(strengths().get(0)).isEqualTo(strengths().get(2));
    }

    @Test
    void oppositeRankingsOfEqualRatersCancel() {
        trial.submit("i", trial.ranking("l1", "anna", 0, 1, 2), trial.ranking("l2", "ben", 2, 1, 0));
        assertThat(strengths().get(0)).isCloseTo(strengths().get(2), within(1L));
    }

    @Test
    void aRankingTakenBackLeavesNoTrace() {
        trial.submit("i", trial.ranking("l1", "anna", 0, 1, 2));
        trial.submit("i", trial.ranking("l2", "ben", 2, 1, 0));
        trial.submit("i", trial.ranking("l3", "ben", 1, 0, 2));
        trial.withdraw("i", "l3");
        assertThat(strengths()).isSortedAccordingTo(Comparator.reverseOrder());
        trial.withdraw("i", "l1");
        assertThat(strengths()).isEmpty();
    }

    @Test
    void theWeakerThePriorTheFurtherApart() {
        trial.submit("i", trial.ranking("l1", "anna", 0, 1, 2));
        CalibrationTrial sure = trial(100_000);
        sure.submit("i", sure.ranking("l1", "anna", 0, 1, 2));
        assertThat(sure.told().get(0).getStrengthsMicros().get(0))
                .isGreaterThan(strengths().get(0));
    }
}
