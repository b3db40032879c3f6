package dev.heed.items.slots;

import dev.heed.core.Records;
import dev.heed.core.Step;
import dev.heed.items.Slots;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.state.HeldLabel;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people said on one question of an item: one entry per rater. */
final class HeldLabels {
    /** Most raters held whose label does not count. */
    static final int MAX_UNCOUNTED = 64;

    /** Most times one rater may speak on one question; the ids are kept to recognise repeats. */
    static final int MAX_PER_RATER = 32;

    private HeldLabels() {}

    /**
     * Whether the feedback was acted on before, or its rater has revised it before it came. Only a rater's own revision
     * counts, or one rater could silence another.
     */
    static boolean isRepeat(ItemQuestion held, FeedbackAccepted feedback) {
        String eventId = feedback.getEventId();
        HeldLabel own = Slots.of(held, feedback.getRaterId());
        return isRepeat(own, feedback)
                || held.getRaters().stream().anyMatch(each -> each.getEventIds().contains(eventId));
    }

    /** The same for the rater's own label alone. */
    static boolean isRepeat(@Nullable HeldLabel own, FeedbackAccepted feedback) {
        String eventId = feedback.getEventId();
        return own != null
                && (own.getRevisedIds().contains(eventId) || own.getEventIds().contains(eventId));
    }

    /** Whether one more from this rater can be held; else refuses it. */
    static boolean hasRoomOrRefuse(Step step, ItemQuestion held, FeedbackAccepted feedback) {
        HeldLabel own = Slots.of(held, feedback.getRaterId());
        if (!mayRevise(step, own, feedback)) {
            return false;
        }
        if (own == null && held.getRaters().size() - Slots.counted(held) >= MAX_UNCOUNTED) {
            step.refuse(
                    "kept_full",
                    "interaction_id: " + feedback.getInteractionId() + " holds " + MAX_UNCOUNTED + " labels on "
                            + feedback.getQuestionId() + " that do not count (expected: no more)");
            return false;
        }
        return true;
    }

    /** Whether the rater may speak once more; else refuses it. */
    static boolean mayRevise(Step step, @Nullable HeldLabel own, FeedbackAccepted feedback) {
        if (own != null && own.getEventIds().size() >= MAX_PER_RATER) {
            step.refuse(
                    "revisions_full",
                    "rater_id: " + feedback.getRaterId() + " has spoken " + MAX_PER_RATER + " times on "
                            + feedback.getQuestionId() + " of interaction " + feedback.getInteractionId()
                            + " (expected: no more)");
            return false;
        }
        return true;
    }

    /** The rater's label as the latest to arrive. */
    static void append(ItemQuestion question, FeedbackAccepted feedback, SubmittedLabel label, LabelStatus status) {
        HeldLabel next = next(Slots.of(question, feedback.getRaterId()), feedback, label, status);
        question.setRaters(Records.plus(
                Records.without(
                        question.getRaters(),
                        each -> each.getLabel().getRaterId().equals(feedback.getRaterId())),
                next));
    }

    /** The rater's label in the place of the earlier one; null when it is only taken back. */
    static void replace(
            ItemQuestion question, FeedbackAccepted feedback, @Nullable SubmittedLabel label, LabelStatus status) {
        HeldLabel next = next(Slots.of(question, feedback.getRaterId()), feedback, label, status);
        question.setRaters(Records.replacing(
                question.getRaters(), each -> each.getLabel().getRaterId().equals(feedback.getRaterId()), next));
    }

    /** The rater's label after the feedback; {@code label} is null when it is only taken back. */
    static HeldLabel next(
            @Nullable HeldLabel own, FeedbackAccepted feedback, @Nullable SubmittedLabel label, LabelStatus status) {
        List<String> eventIds = own == null ? List.of() : own.getEventIds();
        List<String> revisedIds = own == null ? List.of() : own.getRevisedIds();
        if (feedback.getRevises() != null) {
            revisedIds = Records.plus(revisedIds, feedback.getRevises());
        }
        SubmittedLabel held = label != null
                ? label
                : Objects.requireNonNull(own, "a label taken back was said").getLabel();
        return new HeldLabel(held, status, Records.plus(eventIds, feedback.getEventId()), revisedIds);
    }
}
