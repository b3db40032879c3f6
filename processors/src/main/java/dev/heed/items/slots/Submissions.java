package dev.heed.items.slots;

import dev.heed.event.FeedbackKind;
import dev.heed.items.Items;
import dev.heed.items.Said;
import dev.heed.items.Slots;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calibration is told of an item's labels. */
final class Submissions {
    private Submissions() {}

    /**
     * A person's feedback as a label, under the rubric its rater says they read, or else was shown with the task, or
     * else could read when they answered unasked.
     */
    static SubmittedLabel label(FeedbackAccepted feedback, Said said, Question question, @Nullable LeaseGranted lease) {
        String shown = lease == null || lease.getRubricVersion().isEmpty()
                ? question.getRubricVersion()
                : lease.getRubricVersion();
        return SubmittedLabel.newBuilder()
                .setLabelId(feedback.getEventId())
                .setRaterId(feedback.getRaterId())
                .setRaterKind(feedback.getRaterKind())
                .setClassName(said.className())
                .setShownFirst(feedback.getShownFirst())
                .setDurationMs(feedback.getDurationMs())
                .setRanking(said.ranking())
                .setRatingMicros(said.ratingMicros())
                .setRubricVersion(feedback.getRubricVersion() == null ? shown : feedback.getRubricVersion())
                .build();
    }

    /** The label as calibration needs it: what was shown first by its class, and whether the task was handed out. */
    private static SubmittedLabel told(
            Item item, Question question, SubmittedLabel label, @Nullable LeaseGranted lease) {
        SubmittedLabel told = SubmittedLabel.newBuilder(label)
                .setShownFirst(classOf(item, question, label.getShownFirst()))
                .build();
        // A task is handed out without a word on whether its answer is known; whoever answers unasked may have picked
        // it.
        told.setBlind(lease != null);
        return told;
    }

    /** Preferences name the candidates by their place in canonical order. */
    private static @Nullable String classOf(Item item, Question question, @Nullable String candidateId) {
        List<CandidateFeatures> candidates = item.getInteraction().getCandidates();
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).getCandidateId().equals(candidateId)
                    && question.getKind() == FeedbackKind.PREFERENCE
                    && i < question.getClasses().size()) {
                return question.getClasses().get(i);
            }
        }
        return null;
    }

    /** The label, after the verdicts if calibration does not hold the item yet. */
    static LabelsSubmitted of(Item item, Question question, SubmittedLabel label, @Nullable LeaseGranted lease) {
        ItemQuestion held = Items.question(item, question.getQuestionId());
        List<SubmittedLabel> labels = new ArrayList<>(verdictsDue(question, held));
        labels.add(told(item, question, label, lease));
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
        return Slots.verdicts(question, held).stream()
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
