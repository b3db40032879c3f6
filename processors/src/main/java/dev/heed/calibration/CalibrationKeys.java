package dev.heed.calibration;

import dev.heed.core.Keys;
import dev.heed.event.RaterKind;

/** Where calibration keeps what its features share. */
public final class CalibrationKeys {
    private CalibrationKeys() {}

    /** A {@link dev.heed.state.QuestionTally}. */
    public static String question(String questionId) {
        return Keys.of("question", questionId);
    }

    /** An {@link dev.heed.state.ItemLabels}. */
    public static String item(String questionId, String interactionId) {
        return Keys.of("item", questionId, interactionId);
    }

    /** Prefix of the items of a question. */
    public static String items(String questionId) {
        return Keys.prefix("item", questionId);
    }

    /** The {@link dev.heed.state.LabelTally} of all raters of a kind. */
    public static String pooled(String questionId, RaterKind kind) {
        return Keys.of("pooled", questionId, kind.name());
    }

    /** The {@link dev.heed.state.LabelTally} of one rater. */
    public static String tally(String questionId, RaterKind kind, String raterId) {
        return Keys.of("tally", questionId, kind.name(), raterId);
    }

    /** Prefix of the tallies of a kind. */
    public static String tallies(String questionId, RaterKind kind) {
        return Keys.prefix("tally", questionId, kind.name());
    }

    /** A {@link dev.heed.state.RaterTouched}. */
    public static String touched(String questionId, RaterKind kind, String raterId) {
        return Keys.of("touched", questionId, kind.name(), raterId);
    }

    /** Prefix of the index of touched raters of a question. */
    public static String touched(String questionId) {
        return Keys.prefix("touched", questionId);
    }

    /** The {@link dev.heed.event.RaterProfile} of a rater. */
    public static String rater(String raterId) {
        return Keys.of("rater", raterId);
    }

    /** The {@link dev.heed.state.RaterTrack} of a rater. */
    public static String track(String questionId, RaterKind kind, String raterId) {
        return Keys.of("track", questionId, kind.name(), raterId);
    }
}
