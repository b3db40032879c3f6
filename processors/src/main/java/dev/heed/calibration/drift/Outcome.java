package dev.heed.calibration.drift;

import dev.heed.event.RaterKind;

/**
 * An answer that turned out right or wrong.
 *
 * @param known true against a known answer, false against what others agree on
 */
record Outcome(
        String questionId,
        String interactionId,
        String raterId,
        RaterKind kind,
        String labelId,
        boolean known,
        boolean right) {
    String source() {
        return known ? "gold" : "consensus";
    }

    /** Whether it says something of the rubric: whoever agrees with others may drift along with them. */
    boolean speaksOfRubric() {
        return known && kind == RaterKind.HUMAN;
    }
}
