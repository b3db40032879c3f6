package dev.heed.calibration.suspension;

import dev.heed.core.Keys;
import dev.heed.event.RaterKind;

/** Where suspensions keep their state. */
final class SuspensionKeys {
    private SuspensionKeys() {}

    /** A {@link dev.heed.state.HeldItem}. */
    static String heldItem(String questionId, RaterKind kind, String raterId, String interactionId) {
        return Keys.of("held-item", questionId, kind.name(), raterId, interactionId);
    }

    static String heldItems(String questionId, RaterKind kind, String raterId) {
        return Keys.prefix("held-item", questionId, kind.name(), raterId);
    }

    /** A {@link dev.heed.state.SetAsideCursor}. */
    static String cursor(String questionId, RaterKind kind, String raterId) {
        return Keys.of("set-aside", questionId, kind.name(), raterId);
    }

    static String cursors() {
        return Keys.prefix("set-aside");
    }
}
