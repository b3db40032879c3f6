package dev.heed.items;

import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.fact.BeliefUpdated;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.LabelsSubmitted;

/**
 * How calibration names a proposal. Here a question about one is a question of its own, {@code question|proposal}; to
 * calibration it is one question about many items, {@code interaction|proposal}, so that its raters have one matrix.
 */
public final class OnProposals {
    private OnProposals() {}

    /** The labels as calibration is told of them. */
    public static LabelsSubmitted told(LabelsSubmitted labels) {
        return Records.with(labels, told -> {
            told.setInteractionId(item(labels.getInteractionId(), labels.getQuestionId()));
            told.setQuestionId(Keys.owner(labels.getQuestionId()));
        });
    }

    /** The withdrawal as calibration is told of it. */
    public static LabelWithdrawn told(LabelWithdrawn withdrawn) {
        return Records.with(withdrawn, told -> {
            told.setInteractionId(item(withdrawn.getInteractionId(), withdrawn.getQuestionId()));
            told.setQuestionId(Keys.owner(withdrawn.getQuestionId()));
        });
    }

    /** The belief in the names that are used here. */
    public static BeliefUpdated here(BeliefUpdated told) {
        String interactionId = Keys.owner(told.getInteractionId());
        if (interactionId.equals(told.getInteractionId())) {
            return told;
        }
        String proposalId = told.getInteractionId().substring(interactionId.length() + 1);
        return Records.with(told, belief -> {
            belief.setInteractionId(interactionId);
            belief.setQuestionId(Questions.aboutProposal(told.getQuestionId(), proposalId));
        });
    }

    private static String item(String interactionId, String questionId) {
        String question = Keys.owner(questionId);
        return question.equals(questionId) ? interactionId : interactionId + questionId.substring(question.length());
    }
}
