package dev.heed.items.arrival;

import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.items.Items;
import dev.heed.items.Raters;
import dev.heed.items.Said;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.state.HeldVerdict;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What detectors and judges say of an item, whether by signal or by feedback. */
final class VerdictLabels {
    /** Most signals and verdicts acted on per item; their ids are kept to recognise repeats. */
    static final int MAX_SIGNALS = 64;

    private VerdictLabels() {}

    /**
     * A verdict as a label. No verdict is ever a person's label, whatever a profile says, because it takes no slot.
     *
     * @param claimed the kind the event itself names, or null when it names none
     * @param thresholdMicros what made a score this class, or null when the class was said
     * @param rubricVersion what a judge went by; a detector reads no rubric
     */
    static SubmittedLabel label(
            StateReader state,
            String eventId,
            String raterId,
            @Nullable RaterKind claimed,
            Said said,
            @Nullable Long thresholdMicros,
            String rubricVersion) {
        RaterProfile profile = Raters.find(state, raterId);
        RaterKind kind = claimed;
        if (kind == null) {
            kind = profile != null && profile.getKind() == RaterKind.AI_JUDGE ? RaterKind.AI_JUDGE : RaterKind.DETECTOR;
        }
        return SubmittedLabel.newBuilder()
                .setLabelId(eventId)
                .setRaterId(raterId)
                .setRaterKind(kind)
                .setVendorGroup(profile == null ? "" : profile.getVendorGroup())
                .setClassName(said.className())
                .setThresholdMicros(thresholdMicros)
                .setRanking(said.ranking())
                .setRatingMicros(said.ratingMicros())
                .setRubricVersion(kind == RaterKind.AI_JUDGE ? rubricVersion : "")
                .build();
    }

    /** What calibration is told of the verdict: nothing before it holds the item. */
    static @Nullable LabelsSubmitted forCalibration(Item item, String questionId, SubmittedLabel label) {
        ItemQuestion held = Items.question(item, questionId);
        if (!held.getSubmitted()) {
            return null;
        }
        return new LabelsSubmitted(
                item.getInteraction().getInteractionId(), questionId, Items.propensityMicros(held), List.of(label));
    }

    /** Holds the verdict in the place of an earlier one of the same rater. */
    static void hold(State state, String interactionId, String questionId, SubmittedLabel label, long saidAtMs) {
        Items.updateQuestion(state, interactionId, questionId, question -> {
            List<HeldVerdict> verdicts = Records.replacing(
                    question.getVerdicts(),
                    each -> each.getLabel().getRaterId().equals(label.getRaterId()),
                    new HeldVerdict(label, saidAtMs));
            verdicts.sort(Comparator.comparing(each -> each.getLabel().getRaterId()));
            question.setVerdicts(verdicts);
        });
    }

    /** Remembers that the event was acted on. */
    static void remember(State state, String interactionId, String eventId) {
        Items.update(state, interactionId, item -> item.setSignalIds(Records.plus(item.getSignalIds(), eventId)));
    }
}
