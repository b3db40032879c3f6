package dev.heed.queues.gold;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldRetired;
import dev.heed.fact.GoldShelved;
import dev.heed.fact.TaskLeased;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.LeaseGranted;
import dev.heed.math.KeyedHash;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.queues.GoldBook;
import dev.heed.queues.InPolicy;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueGold;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes up items whose answer is known. The shelf of a question is bounded; when it is full one leaves whose answer no
 * longer counts, or else the class that has most gives one up, chosen by hash, so that rare classes keep theirs.
 *
 * <p>An item whose answer was set aside keeps its place, and what is known of who has seen it, until it is known anew.
 */
public final class Shelf implements Feature {
    private final byte[] seed;

    /** @param seed secret, for the order on the shelf */
    public Shelf(byte[] seed) {
        this.seed = seed.clone();
    }

    @Override
    public void decide(Step step) {
        if (step.event() instanceof GoldOffered offered) {
            if (offered.getSetAside()) {
                setAside(step, offered);
            } else {
                shelve(step, offered);
            }
        }
    }

    private static void setAside(Step step, GoldOffered offered) {
        QueueGold known = new QueueReader(step.state(), offered.getPool())
                .gold(offered.getQuestionId(), offered.getInteractionId());
        if (known == null
                || known.getOffered().getSetAside()
                || !known.getOffered().getRubricVersion().equals(offered.getRubricVersion())) {
            step.ignoreDuplicate(); // It left the shelf, or is known anew.
            return;
        }
        GoldOffered kept =
                GoldOffered.newBuilder(known.getOffered()).setSetAside(true).build();
        step.emit(new GoldShelved(kept, known.getShelfOrder(), null));
    }

    private void shelve(Step step, GoldOffered offered) {
        Pool pool = InPolicy.pool(step.policy(), offered.getPool());
        if (pool == null) {
            step.refuse(
                    "unknown_pool",
                    "pool " + offered.getPool() + " (expected: one of policy "
                            + step.policy().getPolicyVersion() + ")");
            return;
        }
        QueueReader queue = new QueueReader(step.state(), offered.getPool());
        QueueGold known = queue.gold(offered.getQuestionId(), offered.getInteractionId());
        if (known == null && offered.getCorrection()) {
            // It was retired: raters have talked about it for long enough.
            return;
        }
        if (GoldBook.isHeldOffShelf(queue, offered)
                || (known != null && known.getOffered().getVersion() >= offered.getVersion())) {
            step.ignoreDuplicate();
            return;
        }
        List<QueueGold> shelf = GoldBook.shelf(queue, offered.getQuestionId());
        boolean full = known == null && shelf.size() >= pool.getGoldShelf();
        step.emit(new GoldShelved(
                offered,
                KeyedHash.bits(seed, "gold order", offered.getInteractionId() + '|' + offered.getQuestionId()) >>> 1,
                full ? leaves(InPolicy.question(step.policy(), offered.getQuestionId()), shelf) : null));
    }

    private static @Nullable String leaves(@Nullable Question question, List<QueueGold> shelf) {
        for (QueueGold gold : shelf) {
            if (!GoldBook.counts(question, gold)) {
                return gold.getOffered().getInteractionId();
            }
        }
        return firstOfLargestClass(shelf);
    }

    private static @Nullable String firstOfLargestClass(List<QueueGold> shelf) {
        Map<String, Integer> sizes = new TreeMap<>();
        shelf.forEach(gold -> sizes.merge(gold.getOffered().getClassName(), 1, Integer::sum));
        int largest = sizes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (QueueGold gold : shelf) {
            if (sizes.getOrDefault(gold.getOffered().getClassName(), 0) == largest) {
                return gold.getOffered().getInteractionId();
            }
        }
        return null;
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof GoldShelved shelved) {
            GoldOffered offered = shelved.getOffered();
            if (shelved.getEvictedInteractionId() != null) {
                GoldBook.remove(state, offered.getPool(), offered.getQuestionId(), shelved.getEvictedInteractionId());
            }
            GoldBook.shelve(state, offered, shelved.getShelfOrder());
        } else if (fact instanceof GoldRetired retired) {
            GoldBook.remove(state, retired.getPool(), retired.getQuestionId(), retired.getInteractionId());
        } else if (fact instanceof TaskLeased leased && leased.getLease().getGold()) {
            LeaseGranted lease = leased.getLease();
            GoldBook.serve(
                    state,
                    lease.getPool(),
                    lease.getQuestionId(),
                    lease.getInteractionId(),
                    lease.getRaterId(),
                    lease.getTaskId());
        }
    }
}
