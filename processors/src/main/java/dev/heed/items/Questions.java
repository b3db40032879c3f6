package dev.heed.items;

import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.core.Step;
import dev.heed.event.FeedbackKind;
import dev.heed.journal.InteractionAccepted;
import dev.heed.math.Belief;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy's questions, and which of them are asked about an interaction. */
public final class Questions {
    private Questions() {}

    /**
     * The question, or null when the policy has none of that name. One that is asked about proposals comes under the
     * name it has for one of them, {@code question|proposal}.
     */
    public static @Nullable Question find(Policy policy, String questionId) {
        String name = Keys.owner(questionId);
        for (Question each : policy.getQuestions()) {
            if (each.getQuestionId().equals(name)) {
                if (name.equals(questionId)) {
                    return each;
                }
                return each.getAboutProposals()
                        ? Records.with(each, question -> question.setQuestionId(questionId))
                        : null;
            }
        }
        return null;
    }

    /** The name of a question for one proposal. */
    public static String aboutProposal(String questionId, String proposalId) {
        return questionId + "|" + proposalId;
    }

    /** Whether raters answer with a text of their own. */
    public static boolean asksForText(Question question) {
        return switch (question.getKind()) {
            case EDIT, DEMONSTRATION, CRITIQUE -> true;
            default -> false;
        };
    }

    /** Whether the question is asked about the interaction: it has enough candidates and is on one of its slices. */
    public static boolean asked(Question question, InteractionAccepted interaction) {
        if (question.getAboutProposals()) {
            return false; // It is asked when somebody proposes something.
        }
        int candidates = interaction.getCandidates().size();
        boolean ranked = question.getKind() == FeedbackKind.RANKING;
        // A ranking has one class for each candidate.
        if (candidates < question.getCandidates() || (ranked && candidates > question.getCandidates())) {
            return false;
        }
        return question.getSlices().isEmpty()
                || interaction.getSlices().stream().anyMatch(question.getSlices()::contains);
    }

    /** The most likely class; of classes in an order the median, which is closest to the truth on average. */
    public static String judgedClass(Question question, List<Long> beliefMicros) {
        long[] micros = beliefMicros.stream().mapToLong(Long::longValue).toArray();
        int place = isOrdered(question) ? Belief.median(micros) : Belief.argmax(micros);
        return question.getClasses().get(place);
    }

    /** Whether the question's classes are in an order, the lowest first. */
    public static boolean isOrdered(Question question) {
        return question.getOrdinal() || question.getKind() == FeedbackKind.RATING;
    }

    /** The question if it may be answered about the interaction; else refuses the event and returns null. */
    public static @Nullable Question orRefuse(Step step, Item item, String questionId) {
        InteractionAccepted interaction = item.getInteraction();
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
        if (question.getAboutProposals()) {
            return aboutOneOrRefuse(step, item, question);
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

    private static @Nullable Question aboutOneOrRefuse(Step step, Item item, Question question) {
        if (Items.question(item, question.getQuestionId()).getProposal() != null) {
            return question;
        }
        step.refuse(
                "proposal_unknown",
                "question_id: " + question.getQuestionId() + " names no proposal on interaction "
                        + item.getInteraction().getInteractionId() + " (expected: "
                        + Keys.owner(question.getQuestionId()) + "|<event id of a proposal>)");
        return null;
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
