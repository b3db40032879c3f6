package dev.heed.subjects.actions;

import dev.heed.core.Feature;
import dev.heed.core.Step;
import dev.heed.journal.ActionAccepted;

/** Refuses acts on the consent ledger: people change it by what they say, and a seal comes as an event of its own. */
public final class ActionsFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof ActionAccepted) {
            step.refuse("action_misplaced", "the subjects stage takes no actions (expected: a consent, or a seal)");
        }
    }
}
