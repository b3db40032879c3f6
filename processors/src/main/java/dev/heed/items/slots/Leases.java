package dev.heed.items.slots;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldTaskEnded;
import dev.heed.fact.LeaseCleared;
import dev.heed.fact.LeaseRecorded;
import dev.heed.fact.LeaseRefused;
import dev.heed.items.Consented;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.items.Questions;
import dev.heed.items.Slots;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.QueuesEvent;
import dev.heed.policy.Question;
import dev.heed.state.GoldRater;
import dev.heed.state.HeldLabel;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives slots to leases. The queue hands out without knowing who answered unasked; the item has the last word, and a
 * lease it has no slot for is sent back.
 */
public final class Leases implements Feature {
    /** Most ended leases remembered per question, so that a late repeat of one takes no slot. */
    static final int MAX_ENDED = 32;

    /** Why a task ends whose item people may not review any more. */
    static final String CONSENT_WITHDRAWN = "consent_withdrawn";

    private static final String CANCELLED = "cancelled";
    private static final String NO_SLOT = "no_slot";

    @Override
    public void decide(Step step) {
        if (step.event() instanceof LeaseGranted lease && !lease.getGold()) {
            Item item = Items.find(step.state(), lease.getInteractionId());
            if (item != null && isRepeat(Items.question(item, lease.getQuestionId()), lease)) {
                step.ignoreDuplicate();
                return;
            }
            String reason = reasonAgainst(step, item, lease);
            step.emit(reason == null ? new LeaseRecorded(lease) : new LeaseRefused(lease, ended(lease, reason)));
            Question question = Questions.find(step.policy(), lease.getQuestionId());
            if (NO_SLOT.equals(reason) && question != null) {
                LabelRequests.wantWhatFits(step, question, lease.getInteractionId());
            }
        } else if (step.event() instanceof LeaseEnded ended
                && step.facts(GoldTaskEnded.class).isEmpty()) {
            end(step, ended);
        }
    }

    private static boolean isRepeat(ItemQuestion held, LeaseGranted lease) {
        return held.getEndedTasks().contains(name(lease))
                || held.getLeases().stream().anyMatch(each -> name(each).equals(name(lease)));
    }

    /** A task may be leased again under its id; when it lapses tells the leases apart. */
    static String name(LeaseGranted lease) {
        return lease.getTaskId() + "@" + lease.getExpiresAtMs();
    }

    private static @Nullable String reasonAgainst(Step step, @Nullable Item item, LeaseGranted lease) {
        Question question = Questions.find(step.policy(), lease.getQuestionId());
        if (item == null || question == null) {
            return "item_unknown";
        }
        if (!Consented.mayReview(item)) {
            return CONSENT_WITHDRAWN;
        }
        ItemQuestion held = Items.question(item, lease.getQuestionId());
        HeldLabel said = Slots.of(held, lease.getRaterId());
        // What a rater says of gold is kept apart from the slots; with a slot as well, a repeat of it would be news.
        GoldRater gold =
                GoldRaters.of(step.state(), lease.getInteractionId(), lease.getQuestionId(), lease.getRaterId());
        if ((said != null && !Slots.mayAnswerAgain(said)) || gold.getLabel() != null) {
            return "answered";
        }
        if (Slots.leaseOf(held, lease.getRaterId()) != null || gold.getLease() != null) {
            return "leased";
        }
        if (Slots.isOwnProposal(held, lease.getRaterId())) {
            return "own_proposal";
        }
        if (Slots.hasSeen(held, lease.getRaterId())) {
            return "seen";
        }
        if (Slots.free(question, held) > 0 || (lease.getSenior() && Slots.awaitsSenior(held))) {
            return null;
        }
        // The queue had handed it out before it heard that only a senior is wanted now; its hand-out is still due.
        return Slots.awaitsSenior(held) && lease.getPool().equals(held.getRequestPool()) ? "senior_only" : NO_SLOT;
    }

    static LeaseEnded ended(LeaseGranted lease, String reason) {
        return new LeaseEnded(
                lease.getInteractionId(), lease.getQuestionId(), lease.getRaterId(), lease.getTaskId(), reason);
    }

    private static void end(Step step, LeaseEnded ended) {
        Item item = Items.find(step.state(), ended.getInteractionId());
        LeaseGranted lease =
                item == null ? null : Slots.leaseOf(Items.question(item, ended.getQuestionId()), ended.getRaterId());
        if (lease != null && lease.getTaskId().equals(ended.getTaskId())) {
            step.emit(new LeaseCleared(ended));
        } else {
            // It was answered, refused or ended before.
            step.ignoreDuplicate();
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof LeaseRecorded recorded) {
            LeaseGranted lease = recorded.getLease();
            Items.updateQuestion(state, lease.getInteractionId(), lease.getQuestionId(), question -> {
                if (isOfRequest(question, lease)) {
                    question.setWanted(question.getWanted() - 1);
                }
                if (lease.getSenior() && Slots.awaitsSenior(question)) {
                    question.setSeniorRater(lease.getRaterId());
                }
                question.setLeases(Records.plus(question.getLeases(), lease));
            });
        } else if (fact instanceof LeaseRefused refused) {
            LeaseGranted lease = refused.getLease();
            if (Items.find(state, lease.getInteractionId()) != null) {
                Items.updateQuestion(
                        state,
                        lease.getInteractionId(),
                        lease.getQuestionId(),
                        question -> rememberEnded(question, lease));
            }
        } else if (fact instanceof LeaseCleared cleared) {
            clear(state, cleared.getLease());
        }
    }

    /**
     * Whether the lease is one of the hand-outs that the request wants, also when it is one too many: then its end leaves
     * nobody wanted in its place. A request excludes who has spoken, so that a lease of theirs is not one of its.
     */
    private static boolean isOfRequest(ItemQuestion question, LeaseGranted lease) {
        return question.getRequestOpen()
                && lease.getPool().equals(question.getRequestPool())
                && Slots.of(question, lease.getRaterId()) == null;
    }

    private static void clear(State state, LeaseEnded ended) {
        Items.updateQuestion(state, ended.getInteractionId(), ended.getQuestionId(), question -> {
            LeaseGranted lease = Slots.leaseOf(question, ended.getRaterId());
            boolean ofRequest = lease != null && lease.getPool().equals(question.getRequestPool());
            release(question, ended.getRaterId());
            // A queue hands a lapsed task out again by itself, unless the item has taken its request back or asks
            // elsewhere.
            if (question.getRequestOpen() && ofRequest && !ended.getReason().equals(CANCELLED)) {
                question.setWanted(question.getWanted() + 1);
            }
        });
    }

    /** Frees the slot of the rater's lease, which ended or was answered. */
    static void release(ItemQuestion question, String raterId) {
        LeaseGranted lease = Slots.leaseOf(question, raterId);
        if (lease != null) {
            question.setLeases(Records.without(question.getLeases(), lease::equals));
            rememberEnded(question, lease);
        }
    }

    private static void rememberEnded(ItemQuestion question, LeaseGranted lease) {
        question.setEndedTasks(Records.plusBounded(question.getEndedTasks(), name(lease), MAX_ENDED));
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof LeaseRefused refused) {
            QueuesEvent event = new QueuesEvent();
            event.setLeaseRefused(refused.getEnded());
            out.send(Channel.QUEUES_JOURNAL, refused.getLease().getPool(), event);
        }
    }
}
