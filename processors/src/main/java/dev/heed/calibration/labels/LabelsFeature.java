package dev.heed.calibration.labels;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.FactHeader;
import dev.heed.fact.QuestionOpened;
import dev.heed.fact.RubricSuperseded;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.ItemReconsidered;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.LabelsSubmitted;
import org.apache.avro.specific.SpecificRecord;

/**
 * Takes labels, withdrawals and known answers of items; moves the item's belief and every count that follows from it,
 * and tells the items stage.
 *
 * <p>Its place in the stage matters: it writes what an item holds. Features before it compare that with what the item
 * held until now; features behind it see what it holds.
 */
public final class LabelsFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof LabelsSubmitted submitted) {
            Submission.decide(step, submitted);
        } else if (step.event() instanceof LabelWithdrawn withdrawn) {
            Withdrawal.decide(step, withdrawn);
        } else if (step.event() instanceof GoldAssigned assigned) {
            KnownAnswer.decide(step, assigned);
        } else if (step.event() instanceof ItemReconsidered reconsidered) {
            Reconsideration.decide(step, reconsidered);
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof QuestionOpened opened) {
            Tallies.open(state, opened);
        } else if (fact instanceof BeliefMove move) {
            Tallies.move(state, header, move);
        } else if (fact instanceof RubricSuperseded superseded) {
            Tallies.supersede(state, superseded);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof BeliefUpdated updated) {
            ItemsEvent event = new ItemsEvent();
            event.setBelief(updated);
            // What is labelled may be a proposal on an interaction.
            out.send(Channel.ITEMS_JOURNAL, Keys.owner(updated.getInteractionId()), event);
        }
    }
}
