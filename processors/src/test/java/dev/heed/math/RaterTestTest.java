package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaterTestTest {
    private static final byte[] SEED = {1};

    @Test
    void matchesTheReference() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/rater_e_process.json")) {
            RaterTest test = new RaterTest(
                    vector.get("required_accuracy").asDouble(),
                    vector.get("alpha").asDouble(),
                    Bets.none(),
                    0,
                    false);
            int[] outcomes = Json.ints(vector.get("outcomes"));
            double[] expected = Json.doubles(vector.get("e_values"));
            for (int t = 0; t < outcomes.length; t++) {
                test = test.observe(outcomes[t] == 1);
                assertThat(StrictMath.exp(test.logEvidence()))
                        .isCloseTo(expected[t], within(1e-9 * Math.max(1, expected[t])));
            }
        }
    }

    @Test
    void twoAnswersByHand() {
        // The first two bets are capped at 0.5 / (1 - 0.8) = 2.5: a right answer halves, a wrong one triples.
        RaterTest test = RaterTest.start(0.8, 0.05, 1).observe(true);
        assertThat(StrictMath.exp(test.logEvidence())).isCloseTo(0.5, within(1e-15));
        assertThat(StrictMath.exp(test.observe(false).logEvidence())).isCloseTo(1.5, within(1e-15));
    }

    @Test
    void aFailureStaysWhenLaterAnswersAreRight() {
        List<Boolean> answers = new ArrayList<>(Collections.nCopies(10, false));
        assertThat(RaterTest.over(answers, 0.8, 0.05, 1).failed()).isTrue();
        answers.addAll(Collections.nCopies(500, true));
        RaterTest test = RaterTest.over(answers, 0.8, 0.05, 1);
        assertThat(Bets.reaches(test.logEvidence(), test.alpha())).isFalse();
        assertThat(test.failed()).isTrue();
    }

    @Test
    void correctedGoldIsRecomputed() {
        List<Boolean> answers = new ArrayList<>(Collections.nCopies(5, false));
        RaterTest wrong = RaterTest.over(answers, 0.8, 0.05, 1);
        assertThat(wrong.failed()).isTrue();
        answers.set(0, true);
        answers.set(1, true);
        assertThat(RaterTest.over(answers, 0.8, 0.05, 1).failed()).isFalse();
    }

    @Test
    void laterEpisodesNeedMoreEvidence() {
        assertThat(RaterTest.start(0.8, 0.05, 1).alpha()).isEqualTo(0.05);
        // 6 · 0.05 / (π² · 4) and a ninth instead of a quarter.
        assertThat(RaterTest.start(0.8, 0.05, 2).alpha()).isCloseTo(0.0075990887731753, within(1e-15));
        assertThat(RaterTest.start(0.8, 0.05, 3).alpha()).isCloseTo(0.0033773727880779, within(1e-15));
    }

    @Test
    void raterOfRequiredAccuracyIsRarelySuspendedAndAPoorOneSoon() {
        int good = 0;
        int poor = 0;
        for (int rater = 0; rater < 1000; rater++) {
            good += suspended(rater, 0.8, 300) ? 1 : 0;
            poor += suspended(rater, 0.5, 60) ? 1 : 0;
        }
        assertThat(good).isLessThanOrEqualTo(50);
        assertThat(poor).isGreaterThan(800);
    }

    private static boolean suspended(int rater, double accuracy, int answers) {
        RaterTest test = RaterTest.start(0.8, 0.05, 1);
        for (int t = 0; t < answers && !test.failed(); t++) {
            test = test.observe(KeyedHash.unit(SEED, rater + "|" + t) < accuracy);
        }
        return test.failed();
    }

    @Test
    void aRequirementNobodyCanMeetIsRefused() {
        assertThatThrownBy(() -> RaterTest.start(1, 0.05, 1)).hasMessageContaining("required accuracy 1.0");
        assertThatThrownBy(() -> RaterTest.start(0.8, 0, 1)).hasMessageContaining("alpha 0.0");
        assertThatThrownBy(() -> RaterTest.start(0.8, 0.05, 0)).hasMessageContaining("attempt 0");
    }
}
