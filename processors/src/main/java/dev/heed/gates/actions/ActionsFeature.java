package dev.heed.gates.actions;

import dev.heed.core.Feature;
import dev.heed.core.Step;
import dev.heed.journal.ActionAccepted;

/** Answers what people ask of a gate. A verdict cannot be overruled yet, and says so rather than lose the request. */
public final class ActionsFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof ActionAccepted action) {
            if (action.getOverride() != null) {
                step.refuse(
                        "override_unavailable",
                        "candidate " + action.getOverride().getCandidateId()
                                + ": a gate's verdict cannot be overruled in this version (expected: a new candidate"
                                + " with a plan of its own)");
            } else {
                step.refuse("action_misplaced", "the gates stage takes no such action (expected: override)");
            }
        }
    }
}
