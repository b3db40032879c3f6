package dev.heed.calibration.standing;

import dev.heed.event.FeedbackKind;
import dev.heed.fact.RaterEvidence;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import dev.heed.state.RaterTrack;
import org.jspecify.annotations.Nullable;

/**
 * What a label says of how its rater works, whatever the truth is: was what is shown first picked, was the answer too
 * fast to have been thought about?
 *
 * <p>The order of two candidates is drawn at random, so whoever decides by what they read picks the first of them with
 * probability one half, ties apart.
 */
final class Conduct {
    static final String POSITION = "position";
    static final String HASTE = "haste";
    private static final long HALF = Micros.ONE / 2;
    private static final int TWO_CANDIDATES = 2;

    private Conduct() {}

    /**
     * Whether the candidate shown first was preferred, or null when that is not known, or neither was, or nobody drew the
     * order: a producer that shows the better answer first makes its honest raters pick the first.
     */
    static @Nullable Boolean pickedFirst(Policy policy, String questionId, SubmittedLabel label) {
        if (!isDrawn(label)) {
            return null;
        }
        for (Question question : policy.getQuestions()) {
            if (question.getQuestionId().equals(questionId) && question.getKind() == FeedbackKind.PREFERENCE) {
                int said = question.getClasses().indexOf(label.getClassName());
                int first = label.getShownFirst() == null
                        ? -1
                        : question.getClasses().indexOf(label.getShownFirst());
                boolean tells = said >= 0 && said < TWO_CANDIDATES && first >= 0 && first < TWO_CANDIDATES;
                return tells ? said == first : null;
            }
        }
        return null;
    }

    /** Who answered a task that was handed out had its order, which is drawn anew for each task. */
    private static boolean isDrawn(SubmittedLabel label) {
        return label.getBlind();
    }

    /** The test for position after one more answer, or null when the rule has none or the answer does not tell. */
    static @Nullable RaterEvidence position(RaterTrack track, RaterTrust rule, @Nullable Boolean pickedFirst) {
        if (pickedFirst == null || rule.getPositionAlphaMicros() == 0) {
            return null;
        }
        return after(track.getPosition(), HALF, rule.getPositionAlphaMicros(), !pickedFirst);
    }

    /** The test for haste after one more answer, or null when the rule has none or the answer does not tell. */
    static @Nullable RaterEvidence haste(RaterTrack track, RaterTrust rule, @Nullable Boolean fast) {
        if (fast == null || rule.getHasteAlphaMicros() == 0) {
            return null;
        }
        return after(track.getHaste(), Micros.ONE - rule.getHasteShareMicros(), rule.getHasteAlphaMicros(), !fast);
    }

    private static RaterEvidence after(
            @Nullable RaterEvidence before, long requiredMicros, long alphaMicros, boolean right) {
        RaterEvidence test = before == null
                ? Evidence.start(requiredMicros, alphaMicros, 1)
                : Evidence.under(before, requiredMicros, alphaMicros);
        return Evidence.after(test, right);
    }
}
