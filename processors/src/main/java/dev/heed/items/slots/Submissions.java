package dev.heed.items.slots;

import dev.heed.items.Items;
import dev.heed.items.Slots;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What calibration is told of an item's labels. */
final class Submissions {
    private Submissions() {}

    /** A person's feedback as a label. */
    static SubmittedLabel label(FeedbackAccepted feedback) {
        return new SubmittedLabel(
                feedback.getEventId(),
                feedback.getRaterId(),
                feedback.getRaterKind(),
                "",
                Objects.requireNonNullElse(feedback.getClassName(), ""));
    }

    /** The label, after the verdicts if calibration does not hold the item yet. */
    static LabelsSubmitted of(Item item, Question question, SubmittedLabel label, @Nullable LeaseGranted lease) {
        ItemQuestion held = Items.question(item, question.getQuestionId());
        List<SubmittedLabel> labels = new ArrayList<>(verdictsDue(question, held));
        labels.add(label);
        long propensityMicros = lease == null ? Items.propensityMicros(held) : lease.getPropensityMicros();
        return new LabelsSubmitted(
                item.getInteraction().getInteractionId(), question.getQuestionId(), propensityMicros, labels);
    }

    /** The verdicts alone, or null when calibration holds the item or there are none. */
    static @Nullable LabelsSubmitted verdicts(Item item, Question question) {
        ItemQuestion held = Items.question(item, question.getQuestionId());
        List<SubmittedLabel> labels = verdictsDue(question, held);
        return labels.isEmpty()
                ? null
                : new LabelsSubmitted(
                        item.getInteraction().getInteractionId(),
                        question.getQuestionId(),
                        Items.propensityMicros(held),
                        labels);
    }

    private static List<SubmittedLabel> verdictsDue(Question question, ItemQuestion held) {
        if (held.getSubmitted()) {
            return List.of();
        }
        return Slots.verdicts(held).stream()
                .filter(verdict -> question.getClasses().contains(verdict.getClassName()))
                .toList();
    }

    /** From its first label on, an item has the propensity it came to be labelled with. */
    static void remember(ItemQuestion question, LabelsSubmitted submitted) {
        question.setSubmitted(true);
        if (question.getPropensityMicros() == 0) {
            question.setPropensityMicros(submitted.getPropensityMicros());
        }
    }
}
