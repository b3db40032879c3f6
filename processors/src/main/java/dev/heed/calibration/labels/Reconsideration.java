package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.CalibrationPolicy;
import dev.heed.core.Step;
import dev.heed.journal.ItemReconsidered;
import dev.heed.state.ItemLabels;
import dev.heed.state.QuestionTally;
import java.util.Objects;

/**
 * An item's labels are weighed anew: they did not change, but more is known of those who gave them, or their question
 * has begun anew under another rubric.
 */
final class Reconsideration {
    private Reconsideration() {}

    static void decide(Step step, ItemReconsidered reconsidered) {
        String questionId = reconsidered.getQuestionId();
        QuestionTally question =
                Objects.requireNonNull(step.state().get(CalibrationKeys.question(questionId), QuestionTally.class));
        ItemLabels item = HeldLabels.read(
                step.state(),
                questionId,
                reconsidered.getInteractionId(),
                question.getClasses().size());
        boolean comesBack = item.getRubricEpoch() != question.getRubricEpoch() && HeldLabels.holdsAnything(item);
        if (!comesBack && (item.getHeld().isEmpty() || item.getGoldClass() != null)) {
            return;
        }
        ItemChange change = new ItemChange(
                questionId,
                reconsidered.getInteractionId(),
                question.getClasses(),
                item,
                item.getHeld(),
                item.getWeightMicros(),
                item.getGoldClass(),
                item.getGoldRubricVersion(),
                ItemChange.RECONCILE);
        if (comesBack) {
            change.emit(step);
        } else {
            change.emitIfMovedBy(step, toleranceMicros(step, reconsidered));
        }
    }

    private static long toleranceMicros(Step step, ItemReconsidered reconsidered) {
        return reconsidered.getToleranceMicros() > 0
                ? reconsidered.getToleranceMicros()
                : CalibrationPolicy.of(step.policy(), reconsidered.getQuestionId())
                        .getToleranceMicros();
    }
}
