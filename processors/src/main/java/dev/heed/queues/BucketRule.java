package dev.heed.queues;

import dev.heed.fact.BucketRefilled;
import dev.heed.math.Micros;
import dev.heed.policy.Pool;
import dev.heed.state.QueueBucket;

/**
 * How time fills a pool's bucket. What the exploration lane has no room for goes to the value lane, so that a lane that
 * nothing comes to costs the pool nothing.
 */
public final class BucketRule {
    /** Longest time that counts at once, unless a label takes longer: an outage is no giant interval. */
    static final long MAX_ELAPSED_MS = 60_000;

    private static final long HOUR_MS = 3_600_000;
    private static final long MOST_GAIN_MICROS = Integer.MAX_VALUE * Micros.ONE;

    private BucketRule() {}

    /** The bucket filled up to now, and never over its room, which a new policy may have made smaller. */
    public static BucketRefilled refill(Pool pool, QueueBucket bucket, long nowMs) {
        long elapsedMs = Math.max(0, nowMs - bucket.getFilledAtMs());
        PoolShares shares = PoolShares.of(pool);
        long countedMs = Math.min(elapsedMs, longestCountedMs(shares));
        long exploration = bucket.getExplorationTokensMicros() + gain(shares.explorationPerHourMicros(), countedMs);
        long explorationKept = Math.min(exploration, shares.explorationRoomMicros());
        long value = bucket.getTokensMicros()
                + gain(shares.valuePerHourMicros(), countedMs)
                + (exploration - explorationKept);
        return new BucketRefilled(
                pool.getPool(), Math.min(value, shares.valueRoomMicros()), explorationKept, countedMs);
    }

    /** True when the refill is worth a fact: it lets one more label out, or a lane is full or over its room now. */
    public static boolean matters(Pool pool, QueueBucket bucket, BucketRefilled refilled) {
        PoolShares shares = PoolShares.of(pool);
        return matters(bucket.getTokensMicros(), refilled.getTokensMicros(), shares.valueRoomMicros())
                || matters(
                        bucket.getExplorationTokensMicros(),
                        refilled.getExplorationTokensMicros(),
                        shares.explorationRoomMicros());
    }

    private static boolean matters(long before, long after, long room) {
        return after / Micros.ONE > before / Micros.ONE || (after == room && before != room);
    }

    /** True when a lane is full, so that time must be counted before a label is taken from it, not after. */
    public static boolean isFull(Pool pool, QueueBucket bucket) {
        PoolShares shares = PoolShares.of(pool);
        return bucket.getTokensMicros() >= shares.valueRoomMicros()
                || bucket.getExplorationTokensMicros() >= shares.explorationRoomMicros();
    }

    /** Tokens that come in over the time, rounded down, in micros of a label. */
    public static long gain(long perHourMicros, long elapsedMs) {
        long perMs = perHourMicros / HOUR_MS;
        long rest = perHourMicros % HOUR_MS;
        // More than any bucket or queue holds, and far from what would overflow.
        long longestMs = MOST_GAIN_MICROS / (perMs + 1);
        return elapsedMs > longestMs ? MOST_GAIN_MICROS : perMs * elapsedMs + rest * elapsedMs / HOUR_MS;
    }

    private static long longestCountedMs(PoolShares shares) {
        long slowest = Math.max(msPerLabel(shares.valuePerHourMicros()), msPerLabel(shares.explorationPerHourMicros()));
        return Math.max(MAX_ELAPSED_MS, slowest);
    }

    private static long msPerLabel(long perHourMicros) {
        return perHourMicros == 0 ? 0 : HOUR_MS * Micros.ONE / perHourMicros + 1;
    }
}
