package dev.heed.calibration;

import dev.heed.core.StateReader;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import dev.heed.state.RaterTrack;
import org.jspecify.annotations.Nullable;

/** How far raters are trusted on a question, and by what rule. */
public final class Standings {
    private Standings() {}

    /** The rule that raters of a question are held to, or null when nobody is tested on it. */
    public static @Nullable RaterTrust rule(Policy policy, String questionId) {
        for (Question question : policy.getQuestions()) {
            if (question.getQuestionId().equals(questionId) && question.getRaterTrust() != null) {
                return question.getRaterTrust();
            }
        }
        return policy.getRaterTrust();
    }

    /** What the question has seen of the rater, or null when it has seen nothing that tells. */
    public static @Nullable RaterTrack find(StateReader state, String questionId, RaterKind kind, String raterId) {
        return state.get(CalibrationKeys.track(questionId, kind, raterId), RaterTrack.class);
    }

    public static boolean isSuspended(StateReader state, String questionId, RaterKind kind, String raterId) {
        RaterTrack track = find(state, questionId, kind, raterId);
        return track != null && track.getStanding().getStatus() == RaterStatus.SUSPENDED;
    }

    /**
     * Whether a label is the known answer of its item, or null where it does not tell. Only a blind label tells, and only
     * an answer that was known before it: items whose answer is settled afterwards are the disputed ones, on which
     * everybody is worse.
     *
     * @param goldClass the answer that was known before the label, or null
     */
    public static @Nullable Boolean goldRight(@Nullable String goldClass, SubmittedLabel label) {
        return goldClass == null || !label.getBlind() ? null : Boolean.valueOf(goldClass.equals(label.getClassName()));
    }
}
