package dev.heed.calibration.rates;

import dev.heed.core.Keys;
import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import org.jspecify.annotations.Nullable;

/** Where error rates keep their state. */
final class RateKeys {
    private static final String NO_THRESHOLD = "";

    private RateKeys() {}

    /** A {@link dev.heed.state.ScoredVerdicts}. */
    static String item(String questionId, String interactionId) {
        return Keys.of("scored-verdicts", questionId, interactionId);
    }

    /** The {@link dev.heed.state.VerdictTally} for the rater and threshold of a verdict. */
    static String tally(String questionId, SubmittedLabel verdict) {
        return tally(questionId, verdict.getRaterKind(), verdict.getRaterId(), verdict.getThresholdMicros());
    }

    /** @param thresholdMicros the threshold behind the verdicts, or null when the class was said */
    static String tally(String questionId, RaterKind kind, String raterId, @Nullable Long thresholdMicros) {
        return Keys.of(
                "verdict-tally",
                questionId,
                kind.name(),
                raterId,
                thresholdMicros == null ? NO_THRESHOLD : String.valueOf(thresholdMicros));
    }

    /** A {@link dev.heed.state.Timer} for the comparison of a tally, the earliest first; its target is the tally's key. */
    static String due(long dueMs, String tallyKey) {
        return Keys.of("rates-due", Keys.ascending(dueMs), tallyKey);
    }

    static String due() {
        return Keys.prefix("rates-due");
    }
}
