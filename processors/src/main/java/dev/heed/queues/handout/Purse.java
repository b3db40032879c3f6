package dev.heed.queues.handout;

import dev.heed.event.Lane;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.queues.InPolicy;
import dev.heed.queues.PoolShares;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueBucket;
import dev.heed.state.QueueTask;

/** What a pool can pay for right now: its tokens, and its price against the value of a task. */
record Purse(Policy policy, Pool pool, QueueBucket bucket, long priceMicros) {
    static Purse of(Policy policy, Pool pool, QueueReader queue) {
        return new Purse(policy, pool, queue.bucket(), queue.price().getPriceMicros());
    }

    /** True when the lane has a label left to hand out. Critical tasks do not wait for one. */
    boolean opens(Lane lane) {
        // A new policy may have left more in the bucket than it now has room for; that is gone with the next count.
        PoolShares shares = PoolShares.of(pool);
        long roomMicros = lane == Lane.EXPLORATION ? shares.explorationRoomMicros() : shares.valueRoomMicros();
        return lane == Lane.CRITICAL || Math.min(roomMicros, tokensMicros(lane)) >= Micros.ONE;
    }

    /** Tokens that a hand-out from the lane is paid with. */
    long tokensMicros(Lane lane) {
        return lane == Lane.EXPLORATION ? bucket.getExplorationTokensMicros() : bucket.getTokensMicros();
    }

    /** The price test: a task waiting by value must be worth its cost and the price; one nobody asks any more is not. */
    boolean isWorth(QueueTask task) {
        Question question = InPolicy.question(policy, task.getWanted().getQuestionId());
        if (question == null) {
            return false;
        }
        return task.getWanted().getLane() != Lane.VALUE
                || question.getAlwaysReview()
                || QueueKeys.rankedValue(task.getWanted()) >= question.getLabelCostMicros() + priceMicros;
    }

    /** A value below which none of the pool's questions is worth its price, so that a search may stop there. */
    long leastWorthMicros() {
        long least = Long.MAX_VALUE;
        for (Question question : policy.getQuestions()) {
            if (question.getPool().equals(pool.getPool())) {
                long worth = question.getAlwaysReview() ? 0 : question.getLabelCostMicros() + priceMicros;
                least = Math.min(least, worth);
            }
        }
        return least;
    }
}
