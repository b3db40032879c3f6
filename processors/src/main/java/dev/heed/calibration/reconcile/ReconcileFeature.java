package dev.heed.calibration.reconcile;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RepairAdvanced;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.LabelsSubmitted;
import org.apache.avro.specific.SpecificRecord;

/**
 * Has beliefs computed anew whose labels did not change, because more is known of the raters by now. It must stand after
 * the feature that takes labels: it follows what that decided.
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
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RepairAdvanced advanced) {
            Repair.advanced(state, advanced);
        }
    }
}
