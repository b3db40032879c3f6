package dev.heed.subjects.actions;

import dev.heed.core.Feature;
import dev.heed.core.Step;
import dev.heed.journal.ActionAccepted;

/** Answers what people ask of the consent ledger. It cannot seal a dataset yet, and says so rather than lose the request. */
public final class ActionsFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof ActionAccepted action) {
            if (action.getSeal() != null) {
                step.refuse(
                        "seal_unavailable",
                        "dataset " + action.getSeal().getDataset()
                                + ": datasets cannot be sealed in this version (expected: a version that can)");
            } else {
                step.refuse("action_misplaced", "the subjects stage takes no such action (expected: seal)");
            }
        }
    }
}
