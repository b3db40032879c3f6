package dev.heed.calibration.reconcile;

import static dev.heed.calibration.CalibrationTrial.CLASSES;
import static dev.heed.calibration.CalibrationTrial.QUESTION;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.EventRefused;
import dev.heed.fact.ReconcileAdvanced;
import dev.heed.fact.ReconcileFinished;
import dev.heed.fact.ReconcileStarted;
import dev.heed.policy.Calibration;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class ReconcileTest {
    private static final long TICK_MS = 1_000;
    private static final long HOUR_MS = 3_600_000;

    @Test
    void beliefsMoveUntilNoneWouldAndTheAnswerSaysHow() {
        CalibrationTrial trial = trial(calibration().setReconcileItemsPerTick(4));
        history(trial);
        long before = trial.bad("a");
        assertThat(trial.reconcile("r1")).containsExactly(new ReconcileStarted(QUESTION, "r1", "lead"));
        List<SpecificRecord> facts = untilFinished(trial);
        ReconcileFinished finished = finished(facts).get(0);
        assertThat(finished.getRequestId()).isEqualTo("r1");
        assertThat(finished.getConverged()).isTrue();
        assertThat(finished.getMovedMicros()).isZero();
        assertThat(finished.getPasses()).isGreaterThan(1);
        // Nine items, four per tick.
        assertThat(finished.getItems()).isEqualTo(9L * finished.getPasses());
        assertThat(advanced(facts).subList(0, 3))
                .containsExactly(
                        new ReconcileAdvanced(QUESTION, 1, "b2", 4, false),
                        new ReconcileAdvanced(QUESTION, 1, "b6", 4, false),
                        new ReconcileAdvanced(QUESTION, 1, "b7", 1, true));
        assertThat(advanced(facts).get(3).getPass()).isEqualTo(2);
        // Who always agreed with another is believed against who never did.
        assertThat(before).isEqualTo(500_000);
        assertThat(trial.bad("a")).isGreaterThan(700_000);
        assertThat(trial.told().stream()
                        .filter(told -> told.getInteractionId().equals("a"))
                        .reduce((first, second) -> second)
                        .orElseThrow()
                        .getCausedBy())
                .isEqualTo("reconcile");
        trial.check();
    }

    @Test
    void whatIsAtRestTakesOnePassAndMovesNothing() {
        CalibrationTrial trial = trial(calibration());
        history(trial);
        trial.reconcile("r1");
        untilFinished(trial);
        trial.reconcile("r2");
        List<SpecificRecord> facts = untilFinished(trial);
        assertThat(facts)
                .noneMatch(BeliefMove.class::isInstance)
                .noneMatch(BeliefUpdated.class::isInstance)
                .contains(new ReconcileFinished(QUESTION, "r2", 1, 9L, 0L, true));
        trial.check();
    }

    @Test
    void aQuestionWithoutLabelsIsAtRest() {
        CalibrationTrial trial = trial(calibration());
        trial.reconcile("r1");
        assertThat(untilFinished(trial)).contains(new ReconcileFinished(QUESTION, "r1", 1, 0L, 0L, true));
        trial.check();
    }

    @Test
    void aLabelInAPassHasAllItemsLookedAtAgain() {
        CalibrationTrial trial = trial(calibration().setReconcileItemsPerTick(5));
        history(trial);
        trial.reconcile("r1");
        untilFinished(trial);
        trial.reconcile("r2");
        assertThat(trial.stage().tickAfter(TICK_MS)).hasAtLeastOneElementOfType(ReconcileAdvanced.class);
        // It is of an item that the pass has gone by.
        trial.submit("a", human("a3", "ben", "ok"));
        long moved = trial.bad("a");
        List<SpecificRecord> facts = untilFinished(trial);
        assertThat(finished(facts).get(0).getConverged()).isTrue();
        assertThat(finished(facts).get(0).getPasses()).isGreaterThan(1);
        assertThat(moved).isNotEqualTo(500_000);
        trial.reconcile("r3");
        assertThat(untilFinished(trial)).noneMatch(BeliefMove.class::isInstance);
        trial.check();
    }

    @Test
    void aPolicyInAPassHasAllItemsLookedAtAgain() {
        CalibrationTrial trial = trial(calibration());
        trial.submit("a", human("a1", "anna", "bad"));
        trial.gold("a", "bad");
        trial.reconcile("r1");
        trial.stage().tickAfter(TICK_MS);
        Policy policy = Policies.of(2, question(calibration()));
        trial.stage().send("policies", policy);
        assertThat(finished(untilFinished(trial)).get(0).getPasses()).isEqualTo(2);
    }

    @Test
    void itEndsWhenThePolicyAllowsNoFurtherPass() {
        CalibrationTrial trial = trial(calibration().setReconcileMostPasses(1));
        history(trial);
        trial.reconcile("r1");
        ReconcileFinished finished = finished(untilFinished(trial)).get(0);
        assertThat(finished.getConverged()).isFalse();
        assertThat(finished.getPasses()).isEqualTo(1);
        assertThat(finished.getMovedMicros()).isGreaterThanOrEqualTo(1_000);
        trial.check();
    }

    @Test
    void unknownQuestionsAndSecondRequestsAreRefusedByName() {
        CalibrationTrial trial = trial(calibration());
        assertThat(trial.reconcile("r1", "nonsense")).singleElement().satisfies(fact -> {
            assertThat(((EventRefused) fact).getReasonCode()).isEqualTo("unknown_question");
            assertThat(((EventRefused) fact).getReason()).contains("nonsense");
        });
        trial.reconcile("r2");
        assertThat(trial.reconcile("r3")).singleElement().satisfies(fact -> assertThat(
                        ((EventRefused) fact).getReasonCode())
                .isEqualTo("already_reconciling"));
        assertThat(finished(untilFinished(trial)))
                .extracting(ReconcileFinished::getRequestId)
                .containsExactly("r2");
        trial.check();
    }

    @Test
    void itRunsByItselfOnceTheIntervalHasPassedAndSomethingMoved() {
        CalibrationTrial trial = trial(calibration().setReconcileIntervalMs(HOUR_MS));
        assertThat(trial.stage().tickAfter(TICK_MS)).isEmpty();
        history(trial);
        assertThat(trial.stage().tickAfter(TICK_MS)).contains(new ReconcileStarted(QUESTION, "", ""));
        untilFinished(trial);
        // Nothing moved since, so there is nothing to do however long it takes.
        assertThat(trial.stage().tickAfter(2 * HOUR_MS)).noneMatch(ReconcileStarted.class::isInstance);
        trial.submit("a", human("a3", "carl", "ok"));
        assertThat(trial.stage().tickAfter(TICK_MS)).contains(new ReconcileStarted(QUESTION, "", ""));
        untilFinished(trial);
        trial.submit("a", human("a4", "dora", "ok"));
        assertThat(trial.stage().tickAfter(HOUR_MS - TICK_MS)).noneMatch(ReconcileStarted.class::isInstance);
        assertThat(trial.stage().tickAfter(TICK_MS)).contains(new ReconcileStarted(QUESTION, "", ""));
        trial.check();
    }

    /** Ben agrees with Anna, and Zoe never does; an item with nobody but Anna and Zoe came before that was known. */
    private static void history(CalibrationTrial trial) {
        trial.submit("a", human("a1", "anna", "bad"), human("a2", "zoe", "ok"));
        for (int i = 0; i < 8; i++) {
            String item = "b" + i;
            trial.submit(
                    item,
                    human(item + "1", "anna", "bad"),
                    human(item + "2", "ben", "bad"),
                    human(item + "3", "zoe", "ok"));
        }
    }

    private static Calibration.Builder calibration() {
        return Calibration.newBuilder().setRepairsPerLabel(0);
    }

    private static CalibrationTrial trial(Calibration.Builder calibration) {
        return new CalibrationTrial(question(calibration));
    }

    private static Question question(Calibration.Builder calibration) {
        return Question.newBuilder(Policies.question(QUESTION, CLASSES))
                .setCalibration(calibration.build())
                .build();
    }

    private static List<SpecificRecord> untilFinished(CalibrationTrial trial) {
        List<SpecificRecord> facts = new ArrayList<>();
        for (int tick = 0; finished(facts).isEmpty(); tick++) {
            assertThat(tick).as("ticks").isLessThan(1_000);
            facts.addAll(trial.stage().tickAfter(TICK_MS));
        }
        return facts;
    }

    private static List<ReconcileFinished> finished(List<SpecificRecord> facts) {
        return facts.stream()
                .filter(ReconcileFinished.class::isInstance)
                .map(ReconcileFinished.class::cast)
                .toList();
    }

    private static List<ReconcileAdvanced> advanced(List<SpecificRecord> facts) {
        return facts.stream()
                .filter(ReconcileAdvanced.class::isInstance)
                .map(ReconcileAdvanced.class::cast)
                .toList();
    }
}
