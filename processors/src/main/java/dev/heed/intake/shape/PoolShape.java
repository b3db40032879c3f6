package dev.heed.intake.shape;

import dev.heed.policy.Pool;
import java.util.List;

/** The shape of a policy's pools. */
final class PoolShape {
    private static final long MAX_LABELS = 10_000_000;
    private static final long MAX_QUEUE = 1_000_000;

    private final Problems problems;

    PoolShape(Problems problems) {
        this.problems = problems;
    }

    void check(List<Pool> pools) {
        problems.distinctIds("pools.pool", pools.stream().map(Pool::getPool).toList(), 1, Limits.POLICY_ENTRIES);
        for (int i = 0; i < pools.size(); i++) {
            check("pools[" + i + "].", pools.get(i));
        }
    }

    private void check(String path, Pool pool) {
        problems.between(path + "budget_per_hour", pool.getBudgetPerHour(), 1, MAX_LABELS);
        problems.between(path + "bucket_capacity", pool.getBucketCapacity(), 1, MAX_LABELS);
        problems.micros(path + "exploration_share", pool.getExplorationShareMicros(), 0, Limits.ONE_MICROS);
        problems.duration(path + "horizon", pool.getHorizonMs(), 1);
        problems.micros(path + "min_price", pool.getMinPriceMicros(), 0, Limits.LOSS_MICROS);
        problems.micros(path + "price_smoothing", pool.getPriceSmoothingMicros(), 1, Limits.ONE_MICROS);
        problems.micros(path + "max_price_step", pool.getMaxPriceStepMicros(), 1, 100 * Limits.ONE_MICROS);
        problems.between(path + "queue_capacity", pool.getQueueCapacity(), 1, MAX_QUEUE);
        problems.duration(path + "lease", pool.getLeaseMs(), 1);
        problems.duration(path + "retry_after", pool.getRetryAfterMs(), 0);
        problems.duration(path + "request_ttl", pool.getRequestTtlMs(), 1);
    }
}
