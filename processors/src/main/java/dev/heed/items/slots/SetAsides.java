package dev.heed.items.slots;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LabelSetAside;
import dev.heed.items.Items;
import dev.heed.items.OnProposals;
import dev.heed.state.HeldLabel;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Takes slots from labels that calibration set aside because their rater is suspended or their rubric superseded. The
 * label is kept and does not count, so the item can ask somebody else, or under another rubric the same rater again;
 * whether it does, the test of one more label says.
 */
public final class SetAsides implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof BeliefUpdated told)
                || (told.getSetAsideLabelIds().isEmpty()
                        && told.getSupersededLabelIds().isEmpty())) {
            return;
        }
        BeliefUpdated belief = OnProposals.here(told);
        Item item = Items.find(step.state(), belief.getInteractionId());
        if (item == null) {
            return; // Refused with the belief.
        }
        for (HeldLabel held : Items.question(item, belief.getQuestionId()).getRaters()) {
            // A rater who spoke again meanwhile has another label by now, of which calibration will tell as well.
            String labelId = held.getLabel().getLabelId();
            boolean superseded = belief.getSupersededLabelIds().contains(labelId);
            if (held.getStatus() == LabelStatus.COUNTED
                    && (superseded || belief.getSetAsideLabelIds().contains(labelId))) {
                step.emit(new LabelSetAside(
                        belief.getInteractionId(),
                        belief.getQuestionId(),
                        labelId,
                        held.getLabel().getRaterId(),
                        superseded));
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof LabelSetAside setAside) {
            Items.updateQuestion(
                    state, setAside.getInteractionId(), setAside.getQuestionId(), question -> keep(question, setAside));
        }
    }

    private static void keep(ItemQuestion question, LabelSetAside setAside) {
        List<HeldLabel> raters = new ArrayList<>();
        for (HeldLabel each : question.getRaters()) {
            boolean kept = each.getLabel().getLabelId().equals(setAside.getLabelId());
            raters.add(
                    kept
                            ? HeldLabel.newBuilder(each)
                                    .setStatus(setAside.getSuperseded() ? LabelStatus.SUPERSEDED : LabelStatus.KEPT)
                                    .build()
                            : each);
        }
        question.setRaters(raters);
    }
}
