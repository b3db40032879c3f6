package dev.heed.calibration.suspension;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FactHeader;
import dev.heed.journal.SubmittedLabel;
import dev.heed.state.HeldItem;
import dev.heed.state.ItemLabels;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The index of the items whose beliefs a rater has a part in.
 *
 * <p>It stands before the labels: it compares what an item will hold with what it held. It is kept whatever the policy,
 * because a rule that comes tomorrow may suspend for the labels of today.
 */
public final class HeldItems implements Feature {
    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof BeliefMove move) {
            ItemLabels before =
                    state.get(CalibrationKeys.item(move.getQuestionId(), move.getInteractionId()), ItemLabels.class);
            List<SubmittedLabel> held = before == null ? List.of() : before.getHeld();
            for (SubmittedLabel label : held) {
                if (isIndexed(label) && ofRater(label, move.getCounted()) == null) {
                    state.delete(key(move, label));
                }
            }
            for (SubmittedLabel label : move.getCounted()) {
                SubmittedLabel earlier = ofRater(label, held);
                if (isIndexed(label)
                        && (earlier == null || !earlier.getLabelId().equals(label.getLabelId()))) {
                    state.put(key(move, label), new HeldItem(label.getLabelId()));
                }
            }
        }
    }

    /** What the label's rater says in this list, or null; an item holds one label of a rater at most. */
    private static @Nullable SubmittedLabel ofRater(SubmittedLabel label, List<SubmittedLabel> labels) {
        for (SubmittedLabel other : labels) {
            if (other.getRaterKind() == label.getRaterKind()
                    && other.getRaterId().equals(label.getRaterId())) {
                return other;
            }
        }
        return null;
    }

    /** Detectors have no standing: what they are worth, their matrix tells. */
    private static boolean isIndexed(SubmittedLabel label) {
        return label.getRaterKind() != RaterKind.DETECTOR;
    }

    private static String key(BeliefMove move, SubmittedLabel label) {
        return SuspensionKeys.heldItem(
                move.getQuestionId(), label.getRaterKind(), label.getRaterId(), move.getInteractionId());
    }
}
