package dev.heed.items;

import dev.heed.core.NotUpgraded;
import dev.heed.core.Step;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.policy.Question;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.stream.Collectors;

/** What every feedback must be, whoever speaks. */
public final class FeedbackRules {
    private FeedbackRules() {}

    /**
     * What sort of rater speaks.
     *
     * @throws NotUpgraded when only a newer version knows
     */
    public static RaterKind kindOf(FeedbackAccepted feedback) {
        if (feedback.getRaterKind() == RaterKind.UNKNOWN || feedback.getKind() == FeedbackKind.UNKNOWN) {
            throw new NotUpgraded("feedback " + feedback.getEventId() + " is of rater kind " + feedback.getRaterKind()
                    + " and kind " + feedback.getKind() + ", which only a newer version knows");
        }
        return feedback.getRaterKind();
    }

    /**
     * Whether the feedback is of the kind that the question asks for, and speaks as person or machine as the rater's
     * profile does, where there is one; else refuses it.
     */
    public static boolean isAskedOrRefuse(Step step, Question question, FeedbackAccepted feedback) {
        RaterProfile profile = Raters.find(step.state(), feedback.getRaterId());
        if (profile != null && isAnother(profile.getKind(), feedback)) {
            step.refuse(
                    "rater_kind_contradicted",
                    "rater_kind: " + feedback.getRaterKind() + " (expected: " + profile.getKind()
                            + ", as the profile of rater " + feedback.getRaterId() + " says)");
            return false;
        }
        List<FeedbackKind> kinds = Said.kinds(question);
        if (kinds.contains(feedback.getKind())) {
            return true;
        }
        step.refuse(
                "kind_unsupported",
                "kind: " + feedback.getKind() + " (expected: "
                        + kinds.stream().map(FeedbackKind::name).collect(Collectors.joining(" or "))
                        + ", the kind of question " + question.getQuestionId() + ")");
        return false;
    }

    /** A person takes a slot and a machine none. What was said before the profile changed can still be taken back. */
    private static boolean isAnother(RaterKind known, FeedbackAccepted feedback) {
        return known != RaterKind.UNKNOWN
                && (known == RaterKind.HUMAN) != (feedback.getRaterKind() == RaterKind.HUMAN)
                && !feedback.getWithdrawn();
    }

    /** Whether the question is about what others have proposed; else refuses it. */
    public static boolean isOthersOrRefuse(Step step, ItemQuestion held, FeedbackAccepted feedback) {
        if (!Slots.isOwnProposal(held, feedback.getRaterId())) {
            return true;
        }
        step.refuse(
                "own_proposal",
                "rater_id: " + feedback.getRaterId() + " proposed what " + feedback.getQuestionId()
                        + " is about (expected: another rater)");
        return false;
    }

    /** Refuses to take back what was never said. */
    public static void refuseEmptyWithdrawal(Step step, FeedbackAccepted feedback) {
        step.refuse(
                "nothing_to_withdraw",
                "rater_id: " + feedback.getRaterId() + " has said nothing on " + feedback.getQuestionId()
                        + " of interaction " + feedback.getInteractionId() + " (expected: a label to take back)");
    }
}
