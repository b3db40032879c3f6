package dev.heed.calibration.drift;

import dev.heed.core.Keys;

/** Where the drift tests keep their state. */
final class DriftKeys {
    private DriftKeys() {}

    /** A {@link dev.heed.state.DriftWatch}. */
    static String watch(String questionId) {
        return Keys.of("drift", questionId);
    }

    /** An {@link dev.heed.state.OutcomeSeen}. */
    static String seen(String questionId, String interactionId, String raterId) {
        return Keys.of("drift-seen", questionId, interactionId, raterId);
    }
}
