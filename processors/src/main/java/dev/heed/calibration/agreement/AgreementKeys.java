package dev.heed.calibration.agreement;

import dev.heed.core.Keys;

/** Where agreement keeps its state. */
final class AgreementKeys {
    private AgreementKeys() {}

    /** The {@link dev.heed.state.UnitPairs} of the items with so many human labels. */
    static String pairs(String questionId, int labels) {
        return Keys.of("pairs", questionId, Keys.ascending(labels));
    }

    /** Prefix of the pairs of a question, the smallest items first. */
    static String pairs(String questionId) {
        return Keys.prefix("pairs", questionId);
    }

    /** As {@link #pairs(String, int)}, of the items that came in by exploration alone. */
    static String explored(String questionId, int labels) {
        return Keys.of("explored-pairs", questionId, Keys.ascending(labels));
    }

    /** Prefix of the pairs of explored items of a question, the smallest items first. */
    static String explored(String questionId) {
        return Keys.prefix("explored-pairs", questionId);
    }

    /** An {@link dev.heed.state.AgreementCursor}. */
    static String cursor(String questionId) {
        return Keys.of("agreement", questionId);
    }

    /** A {@link dev.heed.state.Timer}, the earliest first. */
    static String timer(long dueMs, String questionId) {
        return Keys.of("agreement-due", Keys.ascending(dueMs), questionId);
    }

    static String timers() {
        return Keys.prefix("agreement-due");
    }
}
