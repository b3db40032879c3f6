package dev.heed.intake.shape;

import dev.heed.policy.Pool;
import java.util.List;

/** The shape of a policy's pools. */
final class PoolShape {
    private static final long MAX_LABELS = 10_000_000;
    private static final long MAX_QUEUE = 1_000_000;
    /** A hand-out that serves gold may have to look at the whole shelf. */
    private static final long MAX_GOLD_SHELF = 1_000;
    /** Calibration holds the labels of one item together, and has to have room for others than those. */
    private static final long MAX_EXPOSURES = 200;

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
        problems.micros(path + "gold_share", pool.getGoldShareMicros(), 0, Limits.ONE_MICROS);
        problems.micros(path + "probation_gold_share", pool.getProbationGoldShareMicros(), 0, Limits.ONE_MICROS);
        problems.between(path + "gold_shelf", pool.getGoldShelf(), 1, MAX_GOLD_SHELF);
        problems.between(path + "gold_max_exposures", pool.getGoldMaxExposures(), 1, MAX_EXPOSURES);
    }
}
