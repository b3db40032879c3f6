package dev.heed.calibration.reconcile;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ReconcileAdvanced;
import dev.heed.fact.ReconcileFinished;
import dev.heed.fact.ReconcileStarted;
import dev.heed.fact.RepairAdvanced;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.Tick;
import org.apache.avro.specific.SpecificRecord;

/**
 * Has beliefs computed anew whose labels did not change, because more is known of the raters by now: a few with each
 * change of labels, and all of a question, until none moves, on request or when it is due. It must stand after the
 * feature that takes labels: it follows what that decided.
 */
public final class ReconcileFeature implements Feature {
    @Override
    public void decide(Step step) {
        // What is looked at again causes no further looks, or one label would never come to rest; nor do the items of a
        // suspended rater, which are a walk of their own.
        if (step.event() instanceof LabelsSubmitted
                || (step.event() instanceof LabelWithdrawn withdrawn && !withdrawn.getSetAside())
                || step.event() instanceof GoldAssigned) {
            Repair.decide(step);
        } else if (step.event() instanceof ActionAccepted action && action.getReconcile() != null) {
            Start.requested(step, action, action.getReconcile().getQuestionId());
        } else if (step.event() instanceof Tick && step.hasPolicy()) {
            Start.due(step);
            Passes.decide(step);
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RepairAdvanced advanced) {
            Repair.advanced(state, advanced);
        } else if (fact instanceof BeliefMove move) {
            Progress.moved(state, move);
        } else if (fact instanceof ReconcileStarted started) {
            Progress.started(state, header, started);
        } else if (fact instanceof ReconcileAdvanced advanced) {
            Progress.advanced(state, header, advanced);
        } else if (fact instanceof ReconcileFinished finished) {
            Progress.finished(state, header, finished);
        }
    }
}
