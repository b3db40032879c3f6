package dev.heed.queues;

import dev.heed.math.Micros;
import dev.heed.policy.Pool;

/**
 * How a pool's budget, bucket and queue are divided between the exploration lane and the rest. Each part of the bucket
 * and of the queue has room for one label at least, wherever there is room for two, or a small share would never be
 * served.
 *
 * @param valuePerHourMicros income of the value lane, which critical tasks share, in micros of a label per hour
 * @param explorationPerHourMicros income of the exploration lane, likewise
 * @param valueRoomMicros most tokens the value lane can save up, in micros of a label
 * @param explorationRoomMicros most tokens the exploration lane can save up
 * @param valueTasks most tasks waiting by value or as critical
 * @param explorationTasks most tasks in the exploration lane
 */
public record PoolShares(
        long valuePerHourMicros,
        long explorationPerHourMicros,
        long valueRoomMicros,
        long explorationRoomMicros,
        int valueTasks,
        int explorationTasks) {
    public static PoolShares of(Pool pool) {
        long share = Math.max(0, Math.min(Micros.ONE, pool.getExplorationShareMicros()));
        long explorationRoom = part(pool.getBucketCapacity(), share, Micros.ONE);
        long incomeMicros = pool.getBudgetPerHour() * Micros.ONE;
        long explorationIncome = explorationRoom == 0 ? 0 : pool.getBudgetPerHour() * share;
        int explorationTasks = (int) (part(pool.getQueueCapacity(), share, Micros.ONE) / Micros.ONE);
        return new PoolShares(
                incomeMicros - explorationIncome,
                explorationIncome,
                pool.getBucketCapacity() * Micros.ONE - explorationRoom,
                explorationRoom,
                pool.getQueueCapacity() - explorationTasks,
                explorationTasks);
    }

    /** The share of a whole, in micros, with room for one on either side; nothing when the whole is one. */
    private static long part(int whole, long shareMicros, long one) {
        if (shareMicros == 0 || whole < 2) {
            return 0;
        }
        return Math.max(one, Math.min((whole - 1) * one, whole * shareMicros));
    }
}
