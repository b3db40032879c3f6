package dev.heed.items.slots;

import dev.heed.core.Feature;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldTaskEnded;
import dev.heed.fact.GoldTaskRecorded;
import dev.heed.fact.LeaseRefused;
import dev.heed.items.Items;
import dev.heed.items.Slots;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.state.GoldRater;
import dev.heed.state.HeldLabel;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Leases by which an item is served because its answer is known. They take no slot, and no rater gets a second one. */
public final class GoldTasks implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof LeaseGranted lease && lease.getGold()) {
            record(step, lease);
        } else if (step.event() instanceof LeaseEnded ended && holds(step, ended)) {
            step.emit(new GoldTaskEnded(ended));
        }
    }

    private static void record(Step step, LeaseGranted lease) {
        Item item = Items.find(step.state(), lease.getInteractionId());
        GoldRater rater = rater(step, lease.getInteractionId(), lease.getQuestionId(), lease.getRaterId());
        if (isRepeat(item, rater, lease)) {
            step.ignoreDuplicate();
            return;
        }
        String reason = reasonAgainst(item, rater, lease);
        step.emit(reason == null ? new GoldTaskRecorded(lease) : new LeaseRefused(lease, Leases.ended(lease, reason)));
    }

    private static boolean isRepeat(@Nullable Item item, GoldRater rater, LeaseGranted lease) {
        String name = Leases.name(lease);
        return rater.getEndedTasks().contains(name)
                || (rater.getLease() != null && Leases.name(rater.getLease()).equals(name))
                || (item != null
                        && Items.question(item, lease.getQuestionId())
                                .getEndedTasks()
                                .contains(name));
    }

    private static @Nullable String reasonAgainst(@Nullable Item item, GoldRater rater, LeaseGranted lease) {
        if (item == null || Items.question(item, lease.getQuestionId()).getGoldClass() == null) {
            return "item_unknown";
        }
        ItemQuestion held = Items.question(item, lease.getQuestionId());
        if (stands(Slots.of(held, lease.getRaterId())) || stands(rater.getLabel())) {
            return "answered";
        }
        boolean leased = rater.getLease() != null || Slots.leaseOf(held, lease.getRaterId()) != null;
        return leased ? "leased" : null;
    }

    private static boolean stands(@Nullable HeldLabel said) {
        return said != null && said.getStatus() != LabelStatus.WITHDRAWN;
    }

    /** Whether the lease that ended is one by which its rater holds a gold item. */
    static boolean holds(Step step, LeaseEnded ended) {
        LeaseGranted lease = rater(step, ended.getInteractionId(), ended.getQuestionId(), ended.getRaterId())
                .getLease();
        return lease != null && lease.getTaskId().equals(ended.getTaskId());
    }

    private static GoldRater rater(Step step, String interactionId, String questionId, String raterId) {
        return GoldRaters.of(step.state(), interactionId, questionId, raterId);
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof GoldTaskRecorded recorded) {
            LeaseGranted lease = recorded.getLease();
            GoldRaters.update(
                    state,
                    lease.getInteractionId(),
                    lease.getQuestionId(),
                    lease.getRaterId(),
                    rater -> rater.setLease(lease));
        } else if (fact instanceof GoldTaskEnded ended) {
            LeaseEnded lease = ended.getLease();
            GoldRaters.update(
                    state,
                    lease.getInteractionId(),
                    lease.getQuestionId(),
                    lease.getRaterId(),
                    GoldTasks::withoutLease);
        }
    }

    /** The rater without the lease, which ended or was answered. */
    static GoldRater.Builder withoutLease(GoldRater.Builder rater) {
        LeaseGranted lease = rater.getLease();
        return lease == null
                ? rater
                : rater.setLease(null)
                        .setEndedTasks(
                                Records.plusBounded(rater.getEndedTasks(), Leases.name(lease), Leases.MAX_ENDED));
    }
}
