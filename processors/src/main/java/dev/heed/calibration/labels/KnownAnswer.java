package dev.heed.calibration.labels;

import dev.heed.core.Step;
import dev.heed.journal.GoldAssigned;
import dev.heed.math.Micros;
import dev.heed.state.ItemLabels;
import java.util.List;
import java.util.Optional;

/**
 * An item's answer becomes known, or is corrected: the whole weight goes to its class, and labels no longer move it. One
 * that comes under a superseded rubric is set aside as a label would be, and with it what was known before.
 */
final class KnownAnswer {
    private KnownAnswer() {}

    static void decide(Step step, GoldAssigned gold) {
        Optional<List<String>> classes = Classes.find(step, gold.getQuestionId());
        if (classes.isEmpty() || !Classes.hold(step, classes.get(), "class_name", gold.getClassName())) {
            return;
        }
        ItemLabels before = HeldLabels.read(
                step.state(),
                gold.getQuestionId(),
                gold.getInteractionId(),
                classes.get().size());
        if (gold.getClassName().equals(before.getGoldClass())
                && gold.getRubricVersion().equals(before.getGoldRubricVersion())) {
            step.ignoreDuplicate();
            return;
        }
        // Nobody drew this item, so unless a label said with what probability, machines count on it once.
        long weight = before.getWeightMicros() == 0 ? Micros.ONE : before.getWeightMicros();
        new ItemChange(
                        gold.getQuestionId(),
                        gold.getInteractionId(),
                        classes.get(),
                        before,
                        before.getHeld(),
                        weight,
                        gold.getClassName(),
                        gold.getRubricVersion(),
                        ItemChange.GOLD)
                .emit(step);
    }
}
