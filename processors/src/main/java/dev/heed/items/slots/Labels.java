package dev.heed.items.slots;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.Rubrics;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LabelAccepted;
import dev.heed.fact.LabelKept;
import dev.heed.fact.LabelReplaced;
import dev.heed.items.FeedbackRules;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.items.OnProposals;
import dev.heed.items.Questions;
import dev.heed.items.Said;
import dev.heed.items.Slots;
import dev.heed.items.Standings;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.SubmittedLabel;
import dev.heed.journal.TaskAnswered;
import dev.heed.policy.Question;
import dev.heed.state.HeldLabel;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes labels of people. The holder of a lease has a slot; others get one while there are any; a label without a slot
 * is kept and does not count. Whoever speaks again replaces what they said.
 */
public final class Labels implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof FeedbackAccepted feedback) || FeedbackRules.kindOf(feedback) != RaterKind.HUMAN) {
            return;
        }
        Item item = Items.find(step.state(), feedback.getInteractionId());
        if (item == null || isText(step, feedback)) {
            return; // Parking keeps it, or Proposals takes it.
        }
        ItemQuestion held = Items.question(item, feedback.getQuestionId());
        if (GoldRaters.concerns(step.state(), feedback.getInteractionId(), held, feedback.getRaterId())) {
            return; // GoldLabels takes it.
        }
        if (HeldLabels.isRepeat(held, feedback)) {
            step.ignoreDuplicate();
            return;
        }
        Question question = Questions.orRefuse(step, item, feedback.getQuestionId());
        if (question == null
                || !FeedbackRules.isAskedOrRefuse(step, question, feedback)
                || !FeedbackRules.isOthersOrRefuse(step, held, feedback)
                || !HeldLabels.hasRoomOrRefuse(step, held, feedback)) {
            return;
        }
        if (feedback.getWithdrawn()) {
            withdraw(step, held, feedback);
            return;
        }
        Said said = Said.orRefuse(step, item.getInteraction(), question, feedback);
        if (said != null) {
            LeaseGranted lease = Slots.leaseOf(held, feedback.getRaterId());
            take(step, item, question, feedback, Submissions.label(feedback, said, question, lease));
        }
    }

    private static boolean isText(Step step, FeedbackAccepted feedback) {
        Question question = Questions.find(step.policy(), feedback.getQuestionId());
        return question != null && Questions.asksForText(question);
    }

    private static void withdraw(Step step, ItemQuestion held, FeedbackAccepted feedback) {
        HeldLabel said = Slots.of(held, feedback.getRaterId());
        if (said == null || said.getStatus() == LabelStatus.WITHDRAWN) {
            FeedbackRules.refuseEmptyWithdrawal(step, feedback);
            return;
        }
        String labelId = said.getLabel().getLabelId();
        LabelWithdrawn withdrawn = said.getStatus() == LabelStatus.COUNTED
                ? new LabelWithdrawn(feedback.getInteractionId(), feedback.getQuestionId(), labelId, false)
                : null;
        step.emit(new LabelReplaced(feedback, labelId, null, withdrawn));
    }

    private static void take(Step step, Item item, Question question, FeedbackAccepted feedback, SubmittedLabel label) {
        ItemQuestion held = Items.question(item, question.getQuestionId());
        HeldLabel said = Slots.of(held, feedback.getRaterId());
        LeaseGranted lease = Slots.leaseOf(held, feedback.getRaterId());
        if (said != null && said.getStatus() == LabelStatus.COUNTED) {
            LabelsSubmitted labels = Submissions.of(item, question, label, null);
            step.emit(new LabelReplaced(feedback, said.getLabel().getLabelId(), labels, null));
        } else if (lease == null
                && Standings.isSuspended(step.state(), Keys.owner(question.getQuestionId()), feedback.getRaterId())) {
            // Calibration would set it aside; meanwhile it would take the slot of somebody who was asked.
            String reason = "suspended: rater " + feedback.getRaterId() + " holds no slot";
            step.emit(new LabelKept(feedback, reason, label, false));
        } else if (lease == null && !Rubrics.comparable(question, label.getRubricVersion())) {
            step.emit(new LabelKept(
                    feedback,
                    "rubric_superseded: given under " + label.getRubricVersion() + " (expected: "
                            + question.getRubricVersion() + " or comparable: " + question.getComparableRubrics() + ")",
                    label,
                    true));
        } else if (lease == null && Slots.hasSeen(held, feedback.getRaterId())) {
            String reason = "seen: an appeal is open (expected: raters who have not seen the item)";
            step.emit(new LabelKept(feedback, reason, label, false));
        } else if (lease != null || Slots.free(question, held) > 0 || isLateSenior(held, feedback)) {
            String pool = lease == null ? question.getPool() : lease.getPool();
            step.emit(new LabelAccepted(feedback, lease != null, Submissions.of(item, question, label, lease), pool));
            if (lease == null) {
                LabelRequests.wantOneLess(step, question, feedback.getInteractionId());
            }
        } else {
            step.emit(new LabelKept(
                    feedback,
                    "no_slot: " + Slots.used(held) + " labels and leases (expected: below max_raters "
                            + (question.getMaxRaters() + held.getExtraSlots()) + ")",
                    label,
                    false));
        }
    }

    /** A senior who answers after their lease has lapsed, and before another got the task. */
    private static boolean isLateSenior(ItemQuestion held, FeedbackAccepted feedback) {
        return Slots.awaitsSenior(held) && held.getSeniorRater().equals(feedback.getRaterId());
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof LabelAccepted accepted) {
            FeedbackAccepted feedback = accepted.getFeedback();
            Items.updateQuestion(state, feedback.getInteractionId(), feedback.getQuestionId(), question -> {
                HeldLabels.append(question, feedback, last(accepted.getLabels()), LabelStatus.COUNTED);
                Leases.release(question, feedback.getRaterId());
                Submissions.remember(question, accepted.getLabels());
            });
        } else if (fact instanceof LabelKept kept) {
            FeedbackAccepted feedback = kept.getFeedback();
            Items.updateQuestion(
                    state,
                    feedback.getInteractionId(),
                    feedback.getQuestionId(),
                    question -> HeldLabels.append(
                            question,
                            feedback,
                            Objects.requireNonNull(kept.getLabel()),
                            kept.getSuperseded() ? LabelStatus.SUPERSEDED : LabelStatus.KEPT));
        } else if (fact instanceof LabelReplaced replaced) {
            FeedbackAccepted feedback = replaced.getFeedback();
            LabelsSubmitted labels = replaced.getLabels();
            Items.updateQuestion(
                    state,
                    feedback.getInteractionId(),
                    feedback.getQuestionId(),
                    question -> HeldLabels.replace(
                            question,
                            feedback,
                            labels == null ? null : last(labels),
                            labels == null ? LabelStatus.WITHDRAWN : LabelStatus.COUNTED));
        }
    }

    /** The label itself comes after the verdicts that it brings along. */
    private static SubmittedLabel last(LabelsSubmitted labels) {
        return labels.getLabels().get(labels.getLabels().size() - 1);
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof LabelAccepted accepted) {
            toCalibration(out, accepted.getFeedback().getQuestionId(), accepted.getLabels(), null);
            if (accepted.getLeased()) {
                FeedbackAccepted feedback = accepted.getFeedback();
                QueuesEvent event = new QueuesEvent();
                event.setTaskAnswered(new TaskAnswered(
                        feedback.getInteractionId(),
                        feedback.getQuestionId(),
                        accepted.getPool(),
                        feedback.getRaterId()));
                out.send(Channel.QUEUES_JOURNAL, accepted.getPool(), event);
            }
        } else if (fact instanceof LabelReplaced replaced) {
            toCalibration(out, replaced.getFeedback().getQuestionId(), replaced.getLabels(), replaced.getWithdrawn());
        }
    }

    private static void toCalibration(
            Outbox out, String questionId, @Nullable LabelsSubmitted labels, @Nullable LabelWithdrawn withdrawn) {
        if (labels != null || withdrawn != null) {
            CalibrationEvent event = new CalibrationEvent();
            event.setLabels(labels == null ? null : OnProposals.told(labels));
            event.setWithdrawn(withdrawn == null ? null : OnProposals.told(withdrawn));
            out.send(Channel.CALIBRATION_JOURNAL, Keys.owner(questionId), event);
        }
    }
}
