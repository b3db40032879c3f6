package dev.heed.queues.price;

import dev.heed.math.Micros;
import dev.heed.policy.Pool;
import dev.heed.queues.BucketRule;
import dev.heed.queues.PoolShares;
import dev.heed.state.QueueBucket;
import dev.heed.state.QueueStaff;

/**
 * How a pool's price follows the value of its marginal task.
 *
 * <p>A controller on the spending rate alone cannot work: a hard cap keeps spending under the budget, so that such a
 * price never rises. Source: formulas, "Price and budget".
 */
final class PriceRule {
    /** A change smaller than this part of the price is not worth telling every partition. */
    static final long TOLERANCE_MICROS = Micros.ONE / 200;
    /** The price takes steps as if it were at least this much, or it could never leave nothing. In micros of loss. */
    static final long LEAST_STEP_BASE_MICROS = 1_000;

    private PriceRule() {}

    /**
     * R: the labels that budget and staff allow within the horizon. Where nobody has asked lately, or nobody has
     * answered yet, nothing is known of the staff and the budget alone counts: an empty room at night says nothing of
     * the next morning.
     */
    static long rank(Pool pool, QueueBucket bucket, QueueStaff staff) {
        long incomeMicros = BucketRule.gain(PoolShares.of(pool).valuePerHourMicros(), pool.getHorizonMs());
        long budget = (bucket.getTokensMicros() + incomeMicros) / Micros.ONE;
        if (staff.getCapacity() == 0 || staff.getMeanHeldMs() == 0) {
            return budget;
        }
        return Math.min(budget, staff.getCapacity() * pool.getHorizonMs() / staff.getMeanHeldMs());
    }

    /**
     * The next price: a smoothed and bounded step from the present one towards the target, never under the floor.
     *
     * @return the present price when the change is not worth telling
     */
    static long next(Pool pool, long priceMicros, long targetMicros) {
        long floor = pool.getMinPriceMicros();
        if (priceMicros < floor) {
            return floor;
        }
        long target = Math.max(floor, targetMicros);
        long away = target - priceMicros;
        long base = Math.max(priceMicros, Math.max(floor, LEAST_STEP_BASE_MICROS));
        long most = Math.max(1, part(base, pool.getMaxPriceStepMicros()));
        long least = Math.min(most, Math.max(1, part(base, TOLERANCE_MICROS)));
        // Close to the target the smoothed step gets too small to tell: the least step that is told takes its place,
        // so that the price arrives.
        long smoothed = Math.max(least, part(Math.abs(away), pool.getPriceSmoothingMicros()));
        long step = Math.min(Math.abs(away), Math.min(smoothed, most));
        boolean arrives = step == Math.abs(away) && target == floor;
        return step >= least || arrives ? priceMicros + Long.signum(away) * step : priceMicros;
    }

    private static long part(long whole, long micros) {
        return whole / Micros.ONE * micros + whole % Micros.ONE * micros / Micros.ONE;
    }
}
