package dev.heed.queues.admission;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PoolOpened;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskQueued;
import dev.heed.fact.ThinningSet;
import dev.heed.journal.TaskWanted;
import dev.heed.journal.Tick;
import dev.heed.math.Micros;
import dev.heed.policy.Pool;
import dev.heed.queues.PoolShares;
import dev.heed.queues.Pools;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueThinning;
import org.apache.avro.specific.SpecificRecord;

/**
 * Sets with what probability the exploration lane keeps a task, from what the lane can serve and what has lately come,
 * before anything is known of the tasks it will decide on.
 */
public final class Thinning implements Feature {
    /** Arrivals are counted over this long before the probability is set anew. */
    private static final long WINDOW_MS = 10_000;
    /** Longest time that counts as one window: an outage is no giant interval. */
    private static final long MAX_WINDOW_MS = 6 * WINDOW_MS;
    /** The newest window moves the smoothed rate by one part in this many. */
    private static final int SMOOTHING = 4;
    /** Below one label in a thousand hours the lane counts as quiet, and ticks leave it alone. */
    private static final long QUIET_PER_HOUR_MICROS = Micros.ONE / 1000;

    private static final long HOUR_MS = 3_600_000;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick && step.hasPolicy()) {
            for (Pool pool : Pools.here(step)) {
                setAnew(step, pool);
            }
        }
    }

    private static void setAnew(Step step, Pool pool) {
        QueueThinning now = new QueueReader(step.state(), pool.getPool()).thinning();
        long elapsedMs = step.nowMs() - now.getCountedFromMs();
        boolean quiet = now.getArrivedLabels() == 0 && now.getLabelsPerHourMicros() == 0;
        if (quiet || elapsedMs < WINDOW_MS) {
            return;
        }
        long countedMs = Math.min(elapsedMs, MAX_WINDOW_MS);
        long rate = rate(now, countedMs);
        long income = PoolShares.of(pool).explorationPerHourMicros();
        step.emit(new ThinningSet(
                pool.getPool(), keepMicros(income, rate), now.getArrivedLabels(), countedMs, rate, income));
    }

    private static long rate(QueueThinning now, long countedMs) {
        long latest = now.getArrivedLabels() * Micros.ONE * (HOUR_MS / 1000) / countedMs * 1000;
        long before = now.getLabelsPerHourMicros();
        long rate = before == 0 ? latest : before + (latest - before) / SMOOTHING;
        return rate < QUIET_PER_HOUR_MICROS ? 0 : rate;
    }

    private static long keepMicros(long income, long rate) {
        return rate <= income ? Micros.ONE : (long) ((double) income / rate * Micros.ONE);
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PoolOpened opened) {
            state.put(QueueKeys.thinning(opened.getPool()), new QueueThinning(Micros.ONE, 0L, header.getTimeMs(), 0L));
        } else if (fact instanceof ThinningSet set) {
            state.put(
                    QueueKeys.thinning(set.getPool()),
                    new QueueThinning(set.getKeepMicros(), 0L, header.getTimeMs(), set.getLabelsPerHourMicros()));
        } else if (fact instanceof TaskQueued queued && queued.getDrawn()) {
            arrive(state, header, queued.getTask());
        } else if (fact instanceof TaskDropped dropped && dropped.getDrawn()) {
            arrive(state, header, dropped.getTask());
        }
    }

    private static void arrive(State state, FactHeader header, TaskWanted wanted) {
        QueueThinning now = thinning(state, wanted.getPool());
        boolean first = now.getArrivedLabels() == 0 && now.getLabelsPerHourMicros() == 0;
        state.put(
                QueueKeys.thinning(wanted.getPool()),
                QueueThinning.newBuilder(now)
                        .setArrivedLabels(now.getArrivedLabels() + wanted.getLabelsWanted())
                        .setCountedFromMs(first ? header.getTimeMs() : now.getCountedFromMs())
                        .build());
    }

    private static QueueThinning thinning(StateReader state, String pool) {
        return new QueueReader(state, pool).thinning();
    }
}
