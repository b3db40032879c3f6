package dev.heed.items;

import dev.heed.core.Step;
import dev.heed.event.FeedbackKind;
import dev.heed.journal.InteractionAccepted;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import org.jspecify.annotations.Nullable;

/** The policy's questions, and which of them are asked about an interaction. */
public final class Questions {
    private Questions() {}

    /** The question, or null when the policy has none of that name. */
    public static @Nullable Question find(Policy policy, String questionId) {
        for (Question each : policy.getQuestions()) {
            if (each.getQuestionId().equals(questionId)) {
                return each;
            }
        }
        return null;
    }

    /** Whether the question is asked about the interaction: it has enough candidates and is on one of its slices. */
    public static boolean asked(Question question, InteractionAccepted interaction) {
        int candidates = interaction.getCandidates().size();
        boolean ranked = question.getKind() == FeedbackKind.RANKING;
        // A ranking has one class for each candidate.
        if (candidates < question.getCandidates() || (ranked && candidates > question.getCandidates())) {
            return false;
        }
        return question.getSlices().isEmpty()
                || interaction.getSlices().stream().anyMatch(question.getSlices()::contains);
    }

    /** Whether the question's classes are in an order, the lowest first. */
    public static boolean isOrdered(Question question) {
        return question.getOrdinal() || question.getKind() == FeedbackKind.RATING;
    }

    /** The question if it may be answered about the interaction; else refuses the event and returns null. */
    public static @Nullable Question orRefuse(Step step, InteractionAccepted interaction, String questionId) {
        Question question = find(step.policy(), questionId);
        if (question == null) {
            step.refuse(
                    "question_unknown",
                    "question_id: " + questionId + " (expected: one of policy "
                            + step.policy().getPolicyVersion() + ": "
                            + step.policy().getQuestions().stream()
                                    .map(Question::getQuestionId)
                                    .toList()
                            + ")");
            return null;
        }
        if (!asked(question, interaction)) {
            step.refuse(
                    "question_not_asked",
                    "question_id: " + questionId + " is not asked about interaction " + interaction.getInteractionId()
                            + " with " + interaction.getCandidates().size() + " candidates on slices "
                            + interaction.getSlices() + " (expected: "
                            + (question.getKind() == FeedbackKind.RANKING ? "" : "at least ") + question.getCandidates()
                            + " candidates, slices "
                            + (question.getSlices().isEmpty() ? "any" : question.getSlices()) + ")");
            return null;
        }
        return question;
    }

    /** Whether the class is one of the question's; else refuses the event. */
    public static boolean hasClassOrRefuse(Step step, Question question, @Nullable String className) {
        if (className != null && question.getClasses().contains(className)) {
            return true;
        }
        step.refuse(
                "class_unknown",
                "class_name: " + className + " (expected: one of " + question.getClasses() + ", the classes of "
                        + question.getQuestionId() + ")");
        return false;
    }
}
