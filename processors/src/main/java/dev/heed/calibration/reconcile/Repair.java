package dev.heed.calibration.reconcile;

import dev.heed.calibration.CalibrationPolicy;
import dev.heed.calibration.PressureRules;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.RepairAdvanced;
import dev.heed.journal.ItemReconsidered;
import dev.heed.policy.Question;
import dev.heed.state.RepairCursor;
import java.util.List;

/**
 * With each change of labels, some other items are looked at again, in turns. An item that got its labels early was
 * judged by what little was known of its raters then; so it comes to profit from later ones at a fixed cost per label.
 */
final class Repair {
    private Repair() {}

    static void decide(Step step) {
        for (BeliefMove move : step.facts(BeliefMove.class)) {
            Question question = PressureRules.question(step.policy(), move.getQuestionId());
            if (question != null) {
                advance(step, question);
            }
        }
    }

    private static void advance(Step step, Question question) {
        String questionId = question.getQuestionId();
        int most = CalibrationPolicy.of(question).getRepairsPerLabel();
        RepairCursor cursor = step.state().get(ReconcileKeys.repair(questionId), RepairCursor.class);
        List<String> items = most == 0
                ? List.of()
                : Walk.around(step.state(), questionId, cursor == null ? "" : cursor.getInteractionId(), most);
        if (!items.isEmpty()) {
            step.emit(new RepairAdvanced(questionId, items));
            items.forEach(item -> step.thenDecide(new ItemReconsidered(questionId, item, 0L), null));
        }
    }

    static void advanced(State state, RepairAdvanced fact) {
        String last = fact.getLookedAt().get(fact.getLookedAt().size() - 1);
        state.put(ReconcileKeys.repair(fact.getQuestionId()), new RepairCursor(last));
    }
}
