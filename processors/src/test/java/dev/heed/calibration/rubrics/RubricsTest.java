package dev.heed.calibration.rubrics;

import static dev.heed.calibration.CalibrationTrial.QUESTION;
import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.under;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.RubricAdvanced;
import dev.heed.fact.RubricSuperseded;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Calibration;
import dev.heed.policy.Question;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A question of two classes; its rubric is r1, and two items are gone over per tick. */
class RubricsTest {
    private final CalibrationTrial trial = new CalibrationTrial(question());

    private static Question question() {
        return Question.newBuilder(Policies.question(QUESTION, CalibrationTrial.CLASSES))
                .setRubricVersion("r1")
                .setCalibration(Calibration.newBuilder()
                        .setRepairsPerLabel(0)
                        .setRubricItemsPerTick(2)
                        .build())
                .build();
    }

    @AfterEach
    void lawsHold() {
        trial.check();
    }

    @Test
    void nothingIsPooledFromTheMomentAnotherRubricIsInForce() {
        trial.submit("i1", under("r1", "f1", "ada", "bad"), under("r1", "f2", "ben", "bad"));
        trial.submit("i2", under("r1", "f3", "ada", "ok"));
        assertThat(trial.counts().items()).isEqualTo(2);
        assertThat(trial.agreement().units()).isEqualTo(1);

        List<SpecificRecord> facts = trial.rubric("r2");
        assertThat(of(RubricSuperseded.class, facts))
                .containsExactly(new RubricSuperseded(QUESTION, "r2", List.of("r1"), 1));
        assertThat(trial.counts().items()).isZero();
        assertThat(trial.counts().of(RaterKind.HUMAN, "ada")).containsOnly(0);
        assertThat(trial.counts().labels(RaterKind.HUMAN)).isZero();
        assertThat(trial.agreement().units()).isZero();

        // One item is labelled anew before it was gone over: the old labels leave with the new one's coming.
        List<SpecificRecord> onNewLabel = trial.submit("i1", under("r2", "f4", "cem", "ok"));
        assertThat(of(BeliefUpdated.class, onNewLabel)).singleElement().satisfies(told -> {
            assertThat(told.getSupersededLabelIds()).containsExactly("f1", "f2");
            assertThat(told.getSetAsideLabelIds()).isEmpty();
            assertThat(told.getHumanLabels()).isEqualTo(1);
            assertThat(told.getCausedBy()).isEqualTo("f4");
        });
        assertThat(trial.counts().items()).isEqualTo(1);

        List<SpecificRecord> onTick = trial.stage().tickAfter(1_000);
        assertThat(of(BeliefUpdated.class, onTick)).singleElement().satisfies(told -> {
            assertThat(told.getInteractionId()).isEqualTo("i2");
            assertThat(told.getSupersededLabelIds()).containsExactly("f3");
            assertThat(told.getCausedBy()).isEqualTo("rubric_superseded");
            assertThat(told.getHumanLabels()).isZero();
        });
        assertThat(trial.counts().labels(RaterKind.HUMAN)).isEqualTo(1);
        assertThat(trial.stage().state().entries().keySet())
                .noneMatch(key -> key.startsWith("tally\0") && key.endsWith("\0ada"));
    }

    @Test
    void aRubricThatIsComparableChangesNothing() {
        trial.submit("i1", under("r1", "f1", "ada", "bad"));
        long before = trial.bad("i1");
        assertThat(of(RubricSuperseded.class, trial.rubric("r2", "r1"))).isEmpty();
        trial.submit("i1", under("r2", "f2", "ben", "bad"));
        assertThat(trial.item("i1").getHeld()).hasSize(2);
        assertThat(trial.bad("i1")).isGreaterThan(before);
        // The third says that the second's labels may stay, and not the first's.
        assertThat(of(RubricSuperseded.class, trial.rubric("r3", "r2"))).hasSize(1);
        trial.stage().tickAfter(1_000);
        assertThat(trial.item("i1").getHeld())
                .extracting(SubmittedLabel::getLabelId)
                .containsExactly("f2");
    }

    @Test
    void anAnswerUnderTheOldRubricIsSetAsideWhenItComes() {
        trial.submit("i1", under("r1", "f1", "ada", "bad"));
        trial.rubric("r2");
        List<SpecificRecord> facts = trial.submit("i9", under("r1", "f2", "ben", "bad"));
        assertThat(of(BeliefUpdated.class, facts)).singleElement().satisfies(told -> {
            assertThat(told.getSupersededLabelIds()).containsExactly("f2");
            assertThat(told.getHumanLabels()).isZero();
        });
        assertThat(trial.submit("i9", under("r1", "f2", "ben", "bad"))).noneMatch(BeliefMove.class::isInstance);
    }

    @Test
    void whatADetectorSaidStaysAndCountsWithTheFirstPersonWhoLooksAgain() {
        trial.submit("i1", under("r1", "f1", "ada", "bad"), detector("d1", "filter", "", "bad"));
        assertThat(trial.counts().labels(RaterKind.DETECTOR)).isEqualTo(1);
        trial.rubric("r2");
        trial.stage().tickAfter(1_000);
        assertThat(trial.counts().labels(RaterKind.DETECTOR)).isZero();
        assertThat(trial.item("i1").getHeld())
                .extracting(SubmittedLabel::getLabelId)
                .containsExactly("d1");
        trial.submit("i1", under("r2", "f2", "ada", "bad"));
        assertThat(trial.counts().labels(RaterKind.DETECTOR)).isEqualTo(1);
    }

    @Test
    void itemsAreGoneOverAFewAtATickAndAKnownAnswerIsSetAsideAsLabelsAre() {
        for (int i = 0; i < 5; i++) {
            trial.submit("i" + i, under("r1", "f" + i, "ada", "bad"));
        }
        trial.gold("i3", "bad");
        assertThat(of(RubricSuperseded.class, trial.rubric("r2"))).hasSize(1);
        int[] goneOver = new int[3];
        for (int tick = 0; tick < 3; tick++) {
            goneOver[tick] =
                    of(BeliefMove.class, trial.stage().tickAfter(1_000)).size();
        }
        assertThat(goneOver).containsExactly(2, 2, 1);
        assertThat(of(RubricAdvanced.class, trial.stage().tickAfter(1_000))).isEmpty();
        assertThat(trial.item("i3").getGoldClass()).isNull();
        assertThat(trial.item("i3").getHeld()).isEmpty();
        assertThat(trial.counts().items()).isZero();
        assertThat(trial.told())
                .filteredOn(told -> told.getSupersededGoldRubric() != null)
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.getInteractionId()).isEqualTo("i3");
                    assertThat(told.getSupersededGoldRubric()).isEqualTo("r1");
                    assertThat(told.getSupersededLabelIds()).containsExactly("f3");
                    assertThat(told.getGold()).isFalse();
                    assertThat(told.getCausedBy()).isEqualTo("rubric_superseded");
                });
    }

    @Test
    void aKnownAnswerAloneBeginsAQuestionAnew() {
        trial.gold("i1", "bad");
        trial.submit("i1", detector("d1", "filter", "", "bad"));
        assertThat(trial.counts().labels(RaterKind.DETECTOR)).isEqualTo(1);
        assertThat(of(RubricSuperseded.class, trial.rubric("r2")))
                .containsExactly(new RubricSuperseded(QUESTION, "r2", List.of("r1"), 1));
        assertThat(trial.counts().labels(RaterKind.DETECTOR)).isZero();
        trial.stage().tickAfter(1_000);
        assertThat(trial.counts().labels(RaterKind.DETECTOR)).isZero();
        // Known anew, under the rubric in force: it counts, also where it is the same class.
        trial.gold("i1", "bad");
        assertThat(trial.item("i1").getGoldRubricVersion()).isEqualTo("r2");
        assertThat(trial.counts().labels(RaterKind.DETECTOR)).isEqualTo(1);
    }

    @Test
    void whatTestedRatersLeavesWithTheAnswerItWasHeldAgainst() {
        trial.submit("i1", under("r1", "f1", "ada", "bad"));
        trial.rubric("r2", "r1");
        trial.gold("r1", "i1", "bad");
        trial.submit("i1", under("r2", "f2", "ben", "ok"));
        trial.submit("i1", CalibrationTrial.tested("r2", "t1", "cem", "bad"));
        assertThat(trial.counts().labels(RaterKind.HUMAN)).isEqualTo(3);
        trial.rubric("r3", "r2");
        trial.stage().tickAfter(1_000);
        assertThat(trial.item("i1").getHeld())
                .extracting(SubmittedLabel::getLabelId)
                .containsExactly("f2");
        // One that was under way when the answer was set aside counts no more.
        assertThat(of(BeliefUpdated.class, trial.submit("i1", CalibrationTrial.tested("r3", "t2", "dan", "bad"))))
                .singleElement()
                .satisfies(told -> assertThat(told.getSupersededLabelIds()).containsExactly("t2"));
        trial.gold("i1", "ok");
        trial.submit("i1", CalibrationTrial.tested("r3", "t3", "eve", "bad"));
        assertThat(trial.item("i1").getHeld())
                .extracting(SubmittedLabel::getLabelId)
                .containsExactly("f2", "t3");
    }

    @Test
    void anAnswerThatComesUnderTheOldRubricIsNotKnown() {
        trial.submit("i1", under("r1", "f1", "ada", "bad"));
        trial.rubric("r2");
        assertThat(of(BeliefUpdated.class, trial.gold("r1", "i1", "bad")))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.getGold()).isFalse();
                    assertThat(told.getSupersededGoldRubric()).isEqualTo("r1");
                    assertThat(told.getCausedBy()).isEqualTo("rubric_superseded");
                });
        assertThat(trial.item("i1").getGoldClass()).isNull();
    }

    @Test
    void aComparableAnswerStaysKnown() {
        trial.gold("i1", "bad");
        assertThat(of(RubricSuperseded.class, trial.rubric("r2", "r1"))).isEmpty();
        trial.stage().tickAfter(1_000);
        assertThat(trial.item("i1").getGoldClass()).isEqualTo("bad");
        assertThat(trial.gold("i1", "bad"))
                .as("known anew, under another rubric")
                .hasSize(2);
        assertThat(of(RubricSuperseded.class, trial.rubric("r3", "r2")))
                .as("it was counted under r1")
                .hasSize(1);
        trial.stage().tickAfter(1_000);
        assertThat(trial.item("i1").getGoldClass()).isEqualTo("bad");
    }

    @Test
    void aPolicyThatCallsThemComparableAfterAllKeepsWhatWasNotGoneOverYet() {
        for (int i = 0; i < 4; i++) {
            trial.submit("i" + i, under("r1", "f" + i, "ada", "bad"));
        }
        trial.rubric("r2");
        trial.stage().tickAfter(1_000);
        trial.rubric("r2", "r1");
        trial.stage().tickAfter(1_000);
        assertThat(trial.item("i0").getHeld()).isEmpty();
        assertThat(trial.item("i3").getHeld()).hasSize(1);
        assertThat(trial.counts().items()).isEqualTo(2);
    }

    private static <T> List<T> of(Class<T> type, List<SpecificRecord> facts) {
        return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
