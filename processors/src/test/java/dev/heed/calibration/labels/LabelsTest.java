package dev.heed.calibration.labels;

import static dev.heed.calibration.CalibrationTrial.QUESTION;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.calibration.Matrices;
import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.journal.LabelsSubmitted;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private final CalibrationTrial trial = CalibrationTrial.plain(CalibrationTrial.CLASSES);

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void theFirstLabelByHand() {
        trial.submit("chat", human("l1", "anna", "bad"));
        // Nothing is known: π = ½, and a rater is right with 4 in 5.
        assertThat(trial.item("chat").getBeliefMicros()).containsExactly(200_000L, 800_000L);
        assertThat(trial.counts().of(RaterKind.HUMAN, "anna")).containsExactly(0, 200_000, 0, 800_000);
        assertThat(trial.counts().beliefSums()).containsExactly(200_000, 800_000);
    }

    @Test
    void theSecondLabelByHandTakesTheFirstAlong() {
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.submit("chat", human("l2", "ben", "ok"));
        // π = (1.2, 1.8)/3; anna: (2·1.2/5.2 + .2)/2.2 and (2·4.8/5.8 + .8)/2.8; ben: 4/5.2 and 1/5.8.
        assertThat(trial.item("chat").getBeliefMicros()).containsExactly(504_951L, 495_049L);
        assertThat(trial.counts().of(RaterKind.HUMAN, "anna")).containsExactly(0, 504_951, 0, 495_049);
        assertThat(trial.counts().of(RaterKind.HUMAN, "ben")).containsExactly(504_951, 0, 495_049, 0);
        assertThat(trial.counts().beliefSums()).containsExactly(504_951, 495_049);
    }

    @Test
    void itemsAreToldOfEveryMove() {
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.submit("chat", human("l2", "ben", "bad"));
        assertThat(trial.stage().sent(Channel.ITEMS_JOURNAL))
                .extracting(Outgoing::key)
                .containsExactly("chat", "chat");
        BeliefUpdated told = trial.told().get(1);
        assertThat(told.getCausedBy()).isEqualTo("l2");
        assertThat(told.getHumanLabels()).isEqualTo(2);
        assertThat(told.getLabelSetVersion()).isEqualTo(2);
        assertThat(told.getGold()).isFalse();
        assertThat(told.getClasses()).containsExactly("ok", "bad");
        assertThat(told.getBeliefMicros()).isEqualTo(trial.item("chat").getBeliefMicros());
        assertThat(told.getNextRaterMatrixMicros())
                .isEqualTo(Matrices.micros(trial.matrices().pooled(RaterKind.HUMAN)));
    }

    @Test
    void theSameLabelAgainChangesNothing() {
        trial.submit("chat", human("l1", "anna", "bad"));
        List<SpecificRecord> again = trial.submit("chat", human("l1", "anna", "bad"));
        assertThat(again).singleElement().isInstanceOf(DuplicateIgnored.class);
        assertThat(trial.item("chat").getLabelSetVersion()).isEqualTo(1);
        assertThat(trial.told()).hasSize(1);
    }

    @Test
    void aRaterWhoRevisesReplacesTheirLabel() {
        trial.submit("other", human("l0", "ben", "bad"));
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.submit("chat", human("l2", "anna", "ok"));
        assertThat(trial.item("chat").getHeld()).singleElement().satisfies(label -> assertThat(label.getLabelId())
                .isEqualTo("l2"));
        assertThat(trial.counts().of(RaterKind.HUMAN, "anna")[1]).isZero();

        // The replaced label comes once more: it has had its turn.
        assertThat(trial.submit("chat", human("l1", "anna", "bad")))
                .singleElement()
                .isInstanceOf(DuplicateIgnored.class);

        // What is left is what there would be had the first label never come.
        CalibrationTrial without = CalibrationTrial.plain(CalibrationTrial.CLASSES);
        without.submit("other", human("l0", "ben", "bad"));
        without.submit("chat", human("l2", "anna", "ok"));
        assertThat(trial.item("chat").getBeliefMicros())
                .isEqualTo(without.item("chat").getBeliefMicros());
        assertThat(trial.counts().pooled(RaterKind.HUMAN))
                .containsExactly(without.counts().pooled(RaterKind.HUMAN));
    }

    @Test
    void aWithdrawnLabelLeavesNothingBehind() {
        trial.submit("chat", human("l1", "anna", "bad"), human("l2", "ben", "ok"));
        trial.withdraw("chat", "l2");
        assertThat(trial.told().get(1).getCausedBy()).isEqualTo("l2");
        assertThat(trial.counts().of(RaterKind.HUMAN, "ben")).containsOnly(0);
        assertThat(trial.counts().of(RaterKind.HUMAN, "anna")[3]).isEqualTo(trial.bad("chat"));

        trial.withdraw("chat", "l1");
        assertThat(trial.counts().beliefSums()).containsExactly(0, 0);
        assertThat(trial.counts().pooled(RaterKind.HUMAN)).containsOnly(0);
        assertThat(trial.item("chat").getBeliefMicros()).containsExactly(500_000L, 500_000L);
        assertThat(trial.told().get(2).getHumanLabels()).isZero();

        assertThat(trial.withdraw("chat", "l1")).singleElement().isInstanceOf(DuplicateIgnored.class);
    }

    @Test
    void aKnownAnswerHoldsTheBeliefWhateverIsSaid() {
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.gold("chat", "ok");
        assertThat(trial.item("chat").getBeliefMicros()).containsExactly(1_000_000L, 0L);
        assertThat(trial.counts().of(RaterKind.HUMAN, "anna")).containsExactly(0, 1_000_000, 0, 0);

        trial.submit("chat", human("l2", "ben", "bad"));
        assertThat(trial.item("chat").getBeliefMicros()).containsExactly(1_000_000L, 0L);
        assertThat(trial.told().get(2).getGold()).isTrue();
        assertThat(trial.told().get(2).getHumanLabels()).isEqualTo(2);

        assertThat(trial.gold("chat", "ok")).singleElement().isInstanceOf(DuplicateIgnored.class);
    }

    @Test
    void aCorrectedAnswerMovesTheWholeWeight() {
        trial.gold("chat", "ok");
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.gold("chat", "bad");
        assertThat(trial.counts().of(RaterKind.HUMAN, "anna")).containsExactly(0, 0, 0, 1_000_000);
        assertThat(trial.counts().beliefSums()).containsExactly(0, 1_000_000);
    }

    @Test
    void whatCannotBeIsRefusedWithWhatWasExpected() {
        trial.submit("chat", human("l1", "anna", "bad"));
        assertRefused(trial.submit("chat", human("l2", "ben", "maybe")), "labels[0].class_name: maybe", "[ok, bad]");
        assertRefused(trial.gold("chat", "maybe"), "class_name: maybe", "[ok, bad]");
        assertRefused(trial.withdraw("chat", "l9"), "label_id: l9", "submitted before");
        assertRefused(trial.submit("chat", 0, human("l2", "ben", "ok")), "propensity_micros: 0", "1 to 1000000");
        assertRefused(
                trial.stage().send("tone", new LabelsSubmitted("chat", "tone", 1L, List.of())),
                "question_id: tone",
                "[violation]");
        assertThat(trial.item("chat").getLabelSetVersion()).isEqualTo(1);
    }

    @Test
    void theClassesOfAQuestionNeverChange() {
        trial.submit("chat", human("l1", "anna", "bad"));
        trial.stage().send("policies", Policies.of(2, Policies.question(QUESTION, List.of("bad", "ok"))));
        assertRefused(trial.submit("chat", human("l2", "ben", "ok")), "[bad, ok]", "expected: [ok, bad] as before");

        trial.stage().send("policies", Policies.of(3));
        trial.submit("chat", human("l3", "ben", "ok"));
        assertThat(trial.item("chat").getHeld()).hasSize(2);
    }

    @Test
    void anItemHoldsABoundedNumberOfLabels() {
        for (int i = 0; i < HeldLabels.MAX_PER_ITEM; i++) {
            trial.submit("chat", human("l" + i, "rater-" + i, "ok"));
        }
        assertRefused(trial.submit("chat", human("late", "zoe", "ok")), "would hold 257", "at most 256");
        trial.submit("chat", human("revised", "rater-7", "bad"));
        assertThat(trial.item("chat").getHeld()).hasSize(HeldLabels.MAX_PER_ITEM);
    }

    private static void assertRefused(List<SpecificRecord> facts, String found, String expected) {
        assertThat(facts).singleElement().isInstanceOfSatisfying(EventRefused.class, refused -> assertThat(
                        refused.getReason())
                .contains(found)
                .contains(expected));
    }
}
