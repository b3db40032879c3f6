package dev.heed.items;

import dev.heed.core.Step;
import dev.heed.journal.ActionAccepted;
import dev.heed.state.ItemQuestion;

/** What every act of a person on an item must be. */
public final class Actions {
    /** Most acts per question of an item; their ids are kept to recognise repeats. */
    static final int MAX_ACTIONS = 64;

    private Actions() {}

    /** Whether the act is a new one and there is room for it; else says so. */
    public static boolean isNewOrRefuse(Step step, ItemQuestion held, ActionAccepted action) {
        if (held.getActionIds().contains(action.getEventId())) {
            step.ignoreDuplicate();
            return false;
        }
        if (held.getActionIds().size() >= MAX_ACTIONS) {
            step.refuse(
                    "actions_full",
                    "question " + held.getQuestionId() + " of the item has seen " + MAX_ACTIONS
                            + " actions (expected: no more)");
            return false;
        }
        return true;
    }
}
