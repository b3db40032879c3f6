package dev.heed.items.slots;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldAnswered;
import dev.heed.items.FeedbackRules;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Said;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.SubmittedLabel;
import dev.heed.journal.TaskAnswered;
import dev.heed.policy.Question;
import dev.heed.state.GoldRater;
import dev.heed.state.HeldLabel;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes what people say of items whose answer is known. It goes to calibration, which learns from it how far its rater
 * can be trusted; it takes no slot, and the item's judgment rests on the known answer alone.
 */
public final class GoldLabels implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof FeedbackAccepted feedback) || FeedbackRules.kindOf(feedback) != RaterKind.HUMAN) {
            return;
        }
        Item item = Items.find(step.state(), feedback.getInteractionId());
        if (item == null) {
            return; // Parking keeps it.
        }
        ItemQuestion held = Items.question(item, feedback.getQuestionId());
        if (!GoldRaters.concerns(step.state(), feedback.getInteractionId(), held, feedback.getRaterId())) {
            return; // It concerns a slot.
        }
        GoldRater rater = GoldRaters.of(
                step.state(), feedback.getInteractionId(), feedback.getQuestionId(), feedback.getRaterId());
        if (HeldLabels.isRepeat(rater.getLabel(), feedback)) {
            step.ignoreDuplicate();
            return;
        }
        Question question = Questions.orRefuse(step, item, feedback.getQuestionId());
        if (question == null
                || !FeedbackRules.isAskedOrRefuse(step, question, feedback)
                || !HeldLabels.mayRevise(step, rater.getLabel(), feedback)) {
            return;
        }
        if (feedback.getWithdrawn()) {
            withdraw(step, rater, question, feedback);
            return;
        }
        Said said = Said.orRefuse(step, item.getInteraction(), question, feedback);
        if (said != null) {
            take(step, item, rater, question, feedback, said);
        }
    }

    private static void take(
            Step step, Item item, GoldRater rater, Question question, FeedbackAccepted feedback, Said said) {
        LeaseGranted lease = rater.getLease();
        SubmittedLabel label = SubmittedLabel.newBuilder(Submissions.label(feedback, said, question, lease))
                .setGold(true)
                .build();
        LabelsSubmitted labels = Submissions.of(item, question, label, lease);
        step.emit(new GoldAnswered(
                feedback,
                lease != null,
                standing(rater),
                labels,
                null,
                lease == null ? question.getPool() : lease.getPool()));
    }

    private static void withdraw(Step step, GoldRater rater, Question question, FeedbackAccepted feedback) {
        String labelId = standing(rater);
        if (labelId == null) {
            FeedbackRules.refuseEmptyWithdrawal(step, feedback);
            return;
        }
        LabelWithdrawn withdrawn =
                new LabelWithdrawn(feedback.getInteractionId(), feedback.getQuestionId(), labelId, false);
        step.emit(new GoldAnswered(feedback, false, labelId, null, withdrawn, question.getPool()));
    }

    /** Id of the label that stands, or null. */
    private static @Nullable String standing(GoldRater rater) {
        HeldLabel said = rater.getLabel();
        return said == null || said.getStatus() == LabelStatus.WITHDRAWN
                ? null
                : said.getLabel().getLabelId();
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (!(fact instanceof GoldAnswered answered)) {
            return;
        }
        FeedbackAccepted feedback = answered.getFeedback();
        LabelsSubmitted labels = answered.getLabels();
        SubmittedLabel label = labels == null
                ? null
                : labels.getLabels().get(labels.getLabels().size() - 1);
        LabelStatus status = feedback.getWithdrawn() ? LabelStatus.WITHDRAWN : LabelStatus.KEPT;
        GoldRaters.update(
                state,
                feedback.getInteractionId(),
                feedback.getQuestionId(),
                feedback.getRaterId(),
                rater -> (answered.getLeased() ? GoldTasks.withoutLease(rater) : rater)
                        .setLabel(HeldLabels.next(rater.getLabel(), feedback, label, status)));
        if (labels != null) {
            Items.updateQuestion(
                    state,
                    feedback.getInteractionId(),
                    feedback.getQuestionId(),
                    question -> Submissions.remember(question, labels));
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (!(fact instanceof GoldAnswered answered)) {
            return;
        }
        FeedbackAccepted feedback = answered.getFeedback();
        CalibrationEvent told = new CalibrationEvent();
        told.setLabels(answered.getLabels());
        told.setWithdrawn(answered.getWithdrawn());
        out.send(Channel.CALIBRATION_JOURNAL, feedback.getQuestionId(), told);
        if (answered.getLeased()) {
            QueuesEvent event = new QueuesEvent();
            event.setTaskAnswered(new TaskAnswered(
                    feedback.getInteractionId(), feedback.getQuestionId(), answered.getPool(), feedback.getRaterId()));
            out.send(Channel.QUEUES_JOURNAL, answered.getPool(), event);
        }
    }
}
