package dev.heed.queues.price;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PoolOpened;
import dev.heed.fact.PriceSet;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.Price;
import dev.heed.journal.Tick;
import dev.heed.policy.Pool;
import dev.heed.queues.Pools;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.queues.ValueHistogram;
import dev.heed.state.QueueLanes;
import dev.heed.state.QueuePrice;
import org.apache.avro.specific.SpecificRecord;

/** Sets the price of a label at ticks, and tells all items when it has changed. */
public final class Pricing implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick && step.hasPolicy()) {
            for (Pool pool : Pools.here(step)) {
                set(step, pool);
            }
        }
    }

    private static void set(Step step, Pool pool) {
        QueueReader queue = new QueueReader(step.state(), pool.getPool());
        QueueLanes lanes = queue.lanes();
        QueuePrice before = queue.price();
        long rank = PriceRule.rank(pool, queue.bucket(), queue.staff());
        long marginal = marginalValueMicros(queue, lanes, rank);
        long next = PriceRule.next(pool, before.getPriceMicros(), marginal);
        if (next != before.getPriceMicros()) {
            step.emit(new PriceSet(
                    new Price(pool.getPool(), next, before.getVersion() + 1),
                    (int) Math.min(Integer.MAX_VALUE, rank),
                    lanes.getCriticalTasks() + lanes.getValueTasks() + lanes.getExplorationTasks(),
                    marginal));
        }
    }

    /** Value at rank R: critical labels come first and are not ranked by value. Nothing when all can be served. */
    private static long marginalValueMicros(QueueReader queue, QueueLanes lanes, long rank) {
        if (lanes.getCriticalLabels() + lanes.getValueLabels() <= rank) {
            return 0;
        }
        return ValueHistogram.valueAt(queue.state(), queue.pool(), Math.max(1, rank - lanes.getCriticalLabels()));
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PoolOpened opened) {
            state.put(QueueKeys.price(opened.getPool()), new QueuePrice(opened.getPriceMicros(), 0L));
        } else if (fact instanceof PriceSet set) {
            Price price = set.getPrice();
            state.put(QueueKeys.price(price.getPool()), new QueuePrice(price.getPriceMicros(), price.getVersion()));
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof PriceSet set) {
            ItemsEvent told = ItemsEvent.newBuilder().setPrice(set.getPrice()).build();
            out.multicast(Channel.ITEMS_JOURNAL, set.getPrice().getPool(), told);
        }
    }
}
