package dev.heed.items.slots;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.FactHeader;
import dev.heed.fact.Proposal;
import dev.heed.fact.ProposalMade;
import dev.heed.fact.ProposalWithdrawn;
import dev.heed.items.FeedbackRules;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.items.Questions;
import dev.heed.items.Slots;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.SubmittedLabel;
import dev.heed.journal.TaskAnswered;
import dev.heed.policy.Question;
import dev.heed.state.HeldLabel;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes edits, demonstrations and critiques. Each becomes something that can be asked about: whether it is acceptable is
 * a question of two classes, which others answer and which is judged like any other. A proposal takes a slot of its own
 * question; one rater has one at a time.
 */
public final class Proposals implements Feature {
    /** Most proposals per item, those taken back among them: each is a question of its own. */
    static final int MAX_PROPOSALS = 16;

    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof FeedbackAccepted feedback) || FeedbackRules.kindOf(feedback) != RaterKind.HUMAN) {
            return;
        }
        Item item = Items.find(step.state(), feedback.getInteractionId());
        Question question = Questions.find(step.policy(), feedback.getQuestionId());
        if (item == null || question == null || !Questions.asksForText(question)) {
            return; // Parking keeps it, or it is a label.
        }
        ItemQuestion held = Items.question(item, feedback.getQuestionId());
        if (HeldLabels.isRepeat(held, feedback)) {
            step.ignoreDuplicate();
            return;
        }
        if (Questions.orRefuse(step, item, feedback.getQuestionId()) == null
                || !FeedbackRules.isAskedOrRefuse(step, question, feedback)
                || !HeldLabels.hasRoomOrRefuse(step, held, feedback)) {
            return;
        }
        if (feedback.getWithdrawn()) {
            withdraw(step, question, held, feedback);
        } else {
            propose(step, item, question, feedback);
        }
    }

    private static void withdraw(Step step, Question question, ItemQuestion held, FeedbackAccepted feedback) {
        HeldLabel said = Slots.of(held, feedback.getRaterId());
        if (said == null || said.getStatus() != LabelStatus.COUNTED) {
            FeedbackRules.refuseEmptyWithdrawal(step, feedback);
            return;
        }
        String judging = judging(question, said);
        step.emit(new ProposalWithdrawn(feedback, judging));
        stopAsking(step, feedback.getInteractionId(), judging);
    }

    private static void propose(Step step, Item item, Question question, FeedbackAccepted feedback) {
        ItemQuestion held = Items.question(item, question.getQuestionId());
        HeldLabel said = Slots.of(held, feedback.getRaterId());
        LeaseGranted lease = Slots.leaseOf(held, feedback.getRaterId());
        String replaced = said != null && said.getStatus() == LabelStatus.COUNTED ? judging(question, said) : null;
        int candidate = candidateOrRefuse(step, item, feedback);
        if (candidate < 0 || !hasPlaceOrRefuse(step, item, question, replaced != null || lease != null, feedback)) {
            return;
        }
        step.emit(new ProposalMade(
                feedback,
                lease != null,
                lease == null ? question.getPool() : lease.getPool(),
                new Proposal(
                        feedback.getEventId(),
                        question.getQuestionId(),
                        feedback.getKind(),
                        feedback.getRaterId(),
                        candidate,
                        Objects.requireNonNull(feedback.getTextPart(), "intake lets no text pass that is none"),
                        false),
                Questions.aboutProposal(question.getJudgedBy(), feedback.getEventId()),
                replaced));
        if (replaced != null) {
            stopAsking(step, feedback.getInteractionId(), replaced);
        } else if (lease == null) {
            LabelRequests.wantOneLess(step, question, feedback.getInteractionId());
        }
    }

    /** Place of the candidate that the text is about; below 0 after a refusal. */
    private static int candidateOrRefuse(Step step, Item item, FeedbackAccepted feedback) {
        if (feedback.getCandidateId() == null) {
            return 0;
        }
        List<String> candidates = item.getInteraction().getCandidates().stream()
                .map(CandidateFeatures::getCandidateId)
                .toList();
        int place = candidates.indexOf(feedback.getCandidateId());
        if (place < 0) {
            step.refuse(
                    "candidate_unknown",
                    "candidate_id: " + feedback.getCandidateId() + " (expected: one of " + candidates + ")");
        }
        return place;
    }

    private static boolean hasPlaceOrRefuse(
            Step step, Item item, Question question, boolean hasSlot, FeedbackAccepted feedback) {
        ItemQuestion held = Items.question(item, question.getQuestionId());
        long proposals = item.getQuestions().stream()
                .filter(each -> each.getProposal() != null)
                .count();
        if (proposals >= MAX_PROPOSALS) {
            step.refuse(
                    "proposals_full",
                    "interaction_id: " + feedback.getInteractionId() + " has seen " + proposals
                            + " proposals (expected: no more)");
        } else if (!hasSlot && Slots.free(question, held) <= 0) {
            step.refuse(
                    "no_slot",
                    Slots.used(held) + " proposals and leases (expected: below max_raters " + question.getMaxRaters()
                            + " of " + question.getQuestionId() + ")");
        } else {
            return true;
        }
        return false;
    }

    private static void stopAsking(Step step, String interactionId, String judging) {
        LabelRequests.cancel(step, interactionId, Items.question(step.state(), interactionId, judging));
    }

    private static String judging(Question question, HeldLabel said) {
        return Questions.aboutProposal(question.getJudgedBy(), said.getLabel().getLabelId());
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof ProposalMade made) {
            FeedbackAccepted feedback = made.getFeedback();
            SubmittedLabel label = label(feedback);
            Items.updateQuestion(state, feedback.getInteractionId(), feedback.getQuestionId(), question -> {
                HeldLabels.append(question, feedback, label, LabelStatus.COUNTED);
                Leases.release(question, feedback.getRaterId());
            });
            Items.updateQuestion(
                    state,
                    feedback.getInteractionId(),
                    made.getJudgingQuestionId(),
                    question -> question.setProposal(made.getProposal()));
            takeBack(state, feedback.getInteractionId(), made.getReplacedQuestionId());
        } else if (fact instanceof ProposalWithdrawn withdrawn) {
            FeedbackAccepted feedback = withdrawn.getFeedback();
            Items.updateQuestion(
                    state,
                    feedback.getInteractionId(),
                    feedback.getQuestionId(),
                    question -> HeldLabels.replace(question, feedback, null, LabelStatus.WITHDRAWN));
            takeBack(state, feedback.getInteractionId(), withdrawn.getJudgingQuestionId());
        }
    }

    /** Held as a label is, so that its slot and its revisions are counted alike; it says no class. */
    private static SubmittedLabel label(FeedbackAccepted feedback) {
        return SubmittedLabel.newBuilder()
                .setLabelId(feedback.getEventId())
                .setRaterId(feedback.getRaterId())
                .setRaterKind(feedback.getRaterKind())
                .setClassName("")
                .build();
    }

    private static void takeBack(State state, String interactionId, @Nullable String judging) {
        if (judging != null) {
            Items.updateQuestion(
                    state,
                    interactionId,
                    judging,
                    question -> question.setProposal(Records.with(
                            Objects.requireNonNull(question.getProposal()), proposal -> proposal.setWithdrawn(true))));
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof ProposalMade made && made.getLeased()) {
            FeedbackAccepted feedback = made.getFeedback();
            QueuesEvent event = new QueuesEvent();
            event.setTaskAnswered(new TaskAnswered(
                    feedback.getInteractionId(), feedback.getQuestionId(), made.getPool(), feedback.getRaterId()));
            out.send(Channel.QUEUES_JOURNAL, made.getPool(), event);
        }
    }
}
