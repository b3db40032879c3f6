package dev.heed.calibration.standing;

import dev.heed.core.Keys;
import dev.heed.event.RaterKind;

/** Where the trust in raters keeps its state, apart from the tracks that other features read. */
final class StandingKeys {
    private StandingKeys() {}

    /** The {@link dev.heed.state.FirstLabels} of an item. */
    static String firstLabels(String questionId, String interactionId) {
        return Keys.of("first-labels", questionId, interactionId);
    }

    /** The {@link dev.heed.state.DurationCounts} of a question. */
    static String durations(String questionId) {
        return Keys.of("durations", questionId);
    }

    /** A {@link dev.heed.state.Timer} of a suspension that ends by itself, the earliest first. */
    static String due(long dueMs, String questionId, RaterKind kind, String raterId) {
        return Keys.of("suspension-due", Keys.ascending(dueMs), questionId, kind.name(), raterId);
    }

    static String due() {
        return Keys.prefix("suspension-due");
    }
}
