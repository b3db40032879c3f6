package dev.heed.items.arrival;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.FactHeader;
import dev.heed.fact.VerdictRecorded;
import dev.heed.items.FeedbackRules;
import dev.heed.items.Items;
import dev.heed.items.OnProposals;
import dev.heed.items.Questions;
import dev.heed.items.Said;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Question;
import dev.heed.state.HeldVerdict;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Brings the feedback of detectors and AI judges to their item: verdicts like those of signals, without a slot. */
public final class Verdicts implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof FeedbackAccepted feedback) || FeedbackRules.kindOf(feedback) == RaterKind.HUMAN) {
            return;
        }
        Item item = Items.find(step.state(), feedback.getInteractionId());
        if (item == null) {
            return; // Parking keeps it.
        }
        if (item.getSignalIds().contains(feedback.getEventId())) {
            step.ignoreDuplicate();
        } else if (item.getSignalIds().size() >= VerdictLabels.MAX_SIGNALS) {
            step.refuse(
                    "signals_full",
                    "interaction_id: " + feedback.getInteractionId() + " holds " + VerdictLabels.MAX_SIGNALS
                            + " signals and verdicts (expected: no more)");
        } else {
            record(step, item, feedback);
        }
    }

    private static void record(Step step, Item item, FeedbackAccepted feedback) {
        Question question = Questions.orRefuse(step, item, feedback.getQuestionId());
        if (question == null) {
            return;
        }
        if (Questions.asksForText(question)) {
            step.refuse(
                    "proposer_not_human",
                    "rater_kind: " + feedback.getRaterKind() + " (expected: HUMAN, as people propose texts)");
            return;
        }
        ItemQuestion held = Items.question(item, feedback.getQuestionId());
        if (!FeedbackRules.isAskedOrRefuse(step, question, feedback)
                || !FeedbackRules.isOthersOrRefuse(step, held, feedback)) {
            return;
        }
        if (feedback.getWithdrawn()) {
            withdraw(step, item, feedback);
            return;
        }
        Said said = Said.orRefuse(step, item.getInteraction(), question, feedback);
        if (said != null) {
            SubmittedLabel label = VerdictLabels.label(
                    step.state(),
                    feedback.getEventId(),
                    feedback.getRaterId(),
                    feedback.getRaterKind(),
                    said,
                    null,
                    feedback.getRubricVersion() == null ? question.getRubricVersion() : feedback.getRubricVersion());
            step.emit(new VerdictRecorded(
                    feedback, label, VerdictLabels.forCalibration(item, question.getQuestionId(), label), null));
        }
    }

    private static void withdraw(Step step, Item item, FeedbackAccepted feedback) {
        ItemQuestion held = Items.question(item, feedback.getQuestionId());
        HeldVerdict earlier = find(held, feedback.getRaterId());
        if (earlier == null) {
            FeedbackRules.refuseEmptyWithdrawal(step, feedback);
            return;
        }
        LabelWithdrawn withdrawn = held.getSubmitted()
                ? new LabelWithdrawn(
                        feedback.getInteractionId(),
                        feedback.getQuestionId(),
                        earlier.getLabel().getLabelId(),
                        false)
                : null;
        step.emit(new VerdictRecorded(feedback, null, null, withdrawn));
    }

    private static @Nullable HeldVerdict find(ItemQuestion held, String raterId) {
        for (HeldVerdict each : held.getVerdicts()) {
            if (each.getLabel().getRaterId().equals(raterId)) {
                return each;
            }
        }
        return null;
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (!(fact instanceof VerdictRecorded recorded)) {
            return;
        }
        FeedbackAccepted feedback = recorded.getFeedback();
        String interactionId = feedback.getInteractionId();
        VerdictLabels.remember(state, interactionId, feedback.getEventId());
        if (recorded.getLabel() != null) {
            VerdictLabels.hold(
                    state, interactionId, feedback.getQuestionId(), recorded.getLabel(), feedback.getOccurredAtMs());
        } else {
            Items.updateQuestion(
                    state,
                    interactionId,
                    feedback.getQuestionId(),
                    question -> question.setVerdicts(Records.without(
                            question.getVerdicts(),
                            each -> each.getLabel().getRaterId().equals(feedback.getRaterId()))));
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (!(fact instanceof VerdictRecorded recorded)) {
            return;
        }
        CalibrationEvent event = new CalibrationEvent();
        event.setLabels(recorded.getLabels() == null ? null : OnProposals.told(recorded.getLabels()));
        event.setWithdrawn(recorded.getWithdrawn() == null ? null : OnProposals.told(recorded.getWithdrawn()));
        if (recorded.getLabels() != null || recorded.getWithdrawn() != null) {
            out.send(
                    Channel.CALIBRATION_JOURNAL,
                    Keys.owner(recorded.getFeedback().getQuestionId()),
                    event);
        }
    }
}
