package dev.heed.calibration.labels;

import dev.heed.core.Step;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.state.ItemLabels;
import java.util.List;
import java.util.Optional;

/** A label no longer counts: what it and the belief it moved had added is taken back. */
final class Withdrawal {
    private Withdrawal() {}

    static void decide(Step step, LabelWithdrawn withdrawn) {
        Optional<List<String>> classes = Classes.find(step, withdrawn.getQuestionId());
        if (classes.isEmpty()) {
            return;
        }
        ItemLabels before = HeldLabels.read(
                step.state(),
                withdrawn.getQuestionId(),
                withdrawn.getInteractionId(),
                classes.get().size());
        if (before.getRetiredLabelIds().contains(withdrawn.getLabelId())) {
            step.ignoreDuplicate();
        } else if (!HeldLabels.holds(before.getHeld(), withdrawn.getLabelId())) {
            step.refuse(
                    "label_unknown",
                    "label_id: " + withdrawn.getLabelId() + " is not held by interaction "
                            + withdrawn.getInteractionId() + " (expected: a label submitted before)");
        } else {
            new ItemChange(
                            withdrawn.getQuestionId(),
                            withdrawn.getInteractionId(),
                            classes.get(),
                            before,
                            HeldLabels.without(before.getHeld(), withdrawn.getLabelId()),
                            before.getWeightMicros(),
                            before.getGoldClass(),
                            before.getGoldRubricVersion(),
                            withdrawn.getLabelId())
                    .emit(step, withdrawn.getSetAside() ? List.of(withdrawn.getLabelId()) : List.of());
        }
    }
}
