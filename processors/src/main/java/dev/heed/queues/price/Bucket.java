package dev.heed.queues.price;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.fact.BucketRefilled;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PoolOpened;
import dev.heed.fact.TaskLeased;
import dev.heed.journal.Tick;
import dev.heed.math.Micros;
import dev.heed.policy.Pool;
import dev.heed.queues.BucketRule;
import dev.heed.queues.Pools;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueBucket;
import org.apache.avro.specific.SpecificRecord;

/** The hard cap on spending: time fills the bucket, every hand-out takes a label out of it. */
public final class Bucket implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick && step.hasPolicy()) {
            for (Pool pool : Pools.here(step)) {
                refill(step, pool);
            }
        }
    }

    private static void refill(Step step, Pool pool) {
        QueueBucket bucket = new QueueReader(step.state(), pool.getPool()).bucket();
        BucketRefilled refilled = BucketRule.refill(pool, bucket, step.nowMs());
        if (BucketRule.matters(pool, bucket, refilled)) {
            step.emit(refilled);
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PoolOpened opened) {
            state.put(
                    QueueKeys.bucket(opened.getPool()),
                    new QueueBucket(
                            opened.getTokensMicros(), opened.getExplorationTokensMicros(), header.getTimeMs(), 0L, 0L));
        } else if (fact instanceof BucketRefilled refilled) {
            QueueBucket before = new QueueReader(state, refilled.getPool()).bucket();
            state.put(
                    QueueKeys.bucket(refilled.getPool()),
                    new QueueBucket(
                            refilled.getTokensMicros(),
                            refilled.getExplorationTokensMicros(),
                            header.getTimeMs(),
                            before.getHandedOutLabels(),
                            before.getOverdraftLabels()));
        } else if (fact instanceof TaskLeased leased) {
            take(state, leased);
        }
    }

    private static void take(State state, TaskLeased leased) {
        String pool = leased.getLease().getPool();
        QueueBucket before = new QueueReader(state, pool).bucket();
        boolean explores = leased.getLease().getLane() == Lane.EXPLORATION;
        boolean overdraft = leased.getOverdraft();
        state.put(
                QueueKeys.bucket(pool),
                new QueueBucket(
                        before.getTokensMicros() - (explores || overdraft ? 0 : Micros.ONE),
                        before.getExplorationTokensMicros() - (explores ? Micros.ONE : 0),
                        before.getFilledAtMs(),
                        before.getHandedOutLabels() + 1,
                        before.getOverdraftLabels() + (overdraft ? 1 : 0)));
    }
}
