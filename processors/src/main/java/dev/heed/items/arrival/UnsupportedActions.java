package dev.heed.items.arrival;

import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.Step;
import dev.heed.journal.ActionAccepted;
import java.util.Objects;
import java.util.stream.Stream;

/** Refuses acts that items do not know. */
public final class UnsupportedActions implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof ActionAccepted action) || isSupported(action)) {
            return;
        }
        boolean known = Stream.of(
                        action.getRequestTasks(), action.getReleaseTask(), action.getSeal(), action.getOverride())
                .anyMatch(Objects::nonNull);
        if (!known) {
            throw new NotUpgraded("action " + action.getEventId() + " is one that only a newer version knows");
        }
        step.refuse(
                "action_unsupported",
                "items take acknowledge, resolve, gold, appeal, silence and unsilence (expected: one of them)");
    }

    private static boolean isSupported(ActionAccepted action) {
        return action.getAcknowledge() != null
                || action.getResolve() != null
                || action.getGold() != null
                || action.getAppeal() != null
                || action.getSilence() != null
                || action.getUnsilence() != null;
    }
}
