package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.CalibrationPolicy;
import dev.heed.core.Step;
import dev.heed.journal.ItemReconsidered;
import dev.heed.state.ItemLabels;
import dev.heed.state.QuestionTally;
import java.util.List;
import java.util.Objects;

/** An item's labels are weighed anew: they did not change, but more is known of those who gave them. */
final class Reconsideration {
    private Reconsideration() {}

    static void decide(Step step, ItemReconsidered reconsidered) {
        String questionId = reconsidered.getQuestionId();
        List<String> classes = Objects.requireNonNull(
                        step.state().get(CalibrationKeys.question(questionId), QuestionTally.class))
                .getClasses();
        ItemLabels item = HeldLabels.read(step.state(), questionId, reconsidered.getInteractionId(), classes.size());
        if (item.getHeld().isEmpty() || item.getGoldClass() != null) {
            return;
        }
        new ItemChange(
                        questionId,
                        reconsidered.getInteractionId(),
                        classes,
                        item,
                        item.getHeld(),
                        item.getWeightMicros(),
                        null,
                        ItemChange.RECONCILE)
                .emitIfMovedBy(step, toleranceMicros(step, reconsidered));
    }

    private static long toleranceMicros(Step step, ItemReconsidered reconsidered) {
        return reconsidered.getToleranceMicros() > 0
                ? reconsidered.getToleranceMicros()
                : CalibrationPolicy.of(step.policy(), reconsidered.getQuestionId())
                        .getToleranceMicros();
    }
}
