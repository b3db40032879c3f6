package dev.heed.calibration.models;

import dev.heed.core.Keys;
import dev.heed.event.RaterKind;

/** Where the publication of models keeps its state. */
final class ModelKeys {
    private ModelKeys() {}

    /** A {@link dev.heed.state.ModelsCursor}. */
    static String cursor(String questionId) {
        return Keys.of("models", questionId);
    }

    /** The {@link dev.heed.journal.RaterModel} that was published last. */
    static String published(String questionId, RaterKind kind, String raterId) {
        return Keys.of("model", questionId, kind.name(), raterId);
    }

    /** A {@link dev.heed.state.Timer}, the earliest first. */
    static String timer(long dueMs, String questionId) {
        return Keys.of("models-due", Keys.ascending(dueMs), questionId);
    }

    static String timers() {
        return Keys.prefix("models-due");
    }
}
