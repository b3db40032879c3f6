package dev.heed.items;

import dev.heed.core.Step;
import dev.heed.event.FeedbackKind;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.InteractionAccepted;
import dev.heed.policy.Question;
import dev.heed.policy.RatingScale;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What feedback says, in the classes of its question, so that one belief serves every kind: a ranking says which
 * candidate is best, a rating falls into the class its number lies in.
 *
 * @param ranking places of candidates, best first; empty unless it is a ranking
 * @param ratingMicros the number; null unless it is a rating
 */
public record Said(
        String className, List<Integer> ranking, @Nullable Long ratingMicros) {

    /** What the feedback says; null after it was refused because it says nothing the question asks. */
    public static @Nullable Said orRefuse(
            Step step, InteractionAccepted interaction, Question question, FeedbackAccepted feedback) {
        return switch (question.getKind()) {
            case RANKING -> ranking(step, interaction, question, feedback);
            case RATING -> rating(step, question, feedback);
            default ->
                Questions.hasClassOrRefuse(step, question, feedback.getClassName())
                        ? new Said(feedback.getClassName(), List.of(), null)
                        : null;
        };
    }

    /** The kinds of feedback that answer the question; a preference names a class as a label does. */
    static List<FeedbackKind> kinds(Question question) {
        return question.getKind() == FeedbackKind.LABEL || question.getKind() == FeedbackKind.PREFERENCE
                ? List.of(FeedbackKind.LABEL, FeedbackKind.PREFERENCE)
                : List.of(question.getKind());
    }

    private static @Nullable Said ranking(
            Step step, InteractionAccepted interaction, Question question, FeedbackAccepted feedback) {
        List<String> candidates = interaction.getCandidates().stream()
                .map(CandidateFeatures::getCandidateId)
                .toList();
        List<String> named = feedback.getRanking() == null ? List.of() : feedback.getRanking();
        List<Integer> places = new ArrayList<>();
        for (String candidateId : named) {
            int place = candidates.indexOf(candidateId);
            if (place < 0 || places.contains(place)) {
                step.refuse(
                        "ranking_malformed",
                        "ranking: " + candidateId + (place < 0 ? " is no candidate" : " comes twice")
                                + " (expected: candidates of interaction " + interaction.getInteractionId()
                                + ", each at most once: " + candidates + ")");
                return null;
            }
            places.add(place);
        }
        if (places.isEmpty()) {
            step.refuse("ranking_missing", "ranking: none (expected: candidates of " + candidates + ", best first)");
            return null;
        }
        return new Said(question.getClasses().get(places.get(0)), places, null);
    }

    private static @Nullable Said rating(Step step, Question question, FeedbackAccepted feedback) {
        RatingScale scale = question.getRating();
        Long given = feedback.getRatingMicros();
        if (scale == null || given == null) {
            step.refuse("rating_missing", "rating_micros: " + given + " (expected: a number of scale " + scale + ")");
            return null;
        }
        long above = given - scale.getLowestMicros();
        if (above < 0 || given > scale.getHighestMicros() || above % scale.getStepMicros() != 0) {
            step.refuse(
                    "rating_off_scale",
                    "rating_micros: " + given + " (expected: " + scale.getLowestMicros() + " to "
                            + scale.getHighestMicros() + " in steps of " + scale.getStepMicros() + ")");
            return null;
        }
        // Equal shares of the scale's numbers, in order: number i of n is in class i · K / n.
        long numbers = (scale.getHighestMicros() - scale.getLowestMicros()) / scale.getStepMicros() + 1;
        long number = above / scale.getStepMicros();
        int place = (int) (number * question.getClasses().size() / numbers);
        return new Said(question.getClasses().get(place), List.of(), given);
    }
}
