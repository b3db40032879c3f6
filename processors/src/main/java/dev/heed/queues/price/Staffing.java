package dev.heed.queues.price;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PoolOpened;
import dev.heed.fact.RaterIdled;
import dev.heed.fact.TaskSettled;
import dev.heed.fact.WorkAwaited;
import dev.heed.journal.Tick;
import dev.heed.queues.DueIndex;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueStaff;
import org.apache.avro.specific.SpecificRecord;

/** Counts who works for a pool: raters who asked within the last horizon, and how long they hold a task. */
public final class Staffing implements Feature {
    /** The latest answer moves the mean time by one part in this many. */
    private static final int SMOOTHING = 8;

    private static final String IDLE = "idle";

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            for (DueIndex.Due due : DueIndex.due(step.state(), IDLE, step.nowMs())) {
                step.emit(new RaterIdled(due.pool(), due.target()));
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PoolOpened opened) {
            state.put(QueueKeys.staff(opened.getPool()), new QueueStaff(0L, 0L));
        } else if (fact instanceof WorkAwaited awaited) {
            recount(
                    state,
                    awaited.getPool(),
                    awaited.getRaterId(),
                    Math.max(0, awaited.getCapacity()),
                    awaited.getStaffUntilMs());
        } else if (fact instanceof RaterIdled idled) {
            recount(state, idled.getPool(), idled.getRaterId(), 0, 0);
        } else if (fact instanceof TaskSettled settled && !settled.getLate()) {
            learn(state, settled.getAnswer().getPool(), settled.getHeldMs());
        }
    }

    private static void recount(State state, String pool, String raterId, int capacity, long untilMs) {
        QueueReader queue = new QueueReader(state, pool);
        QueueRater rater = queue.rater(raterId);
        if (rater.getCountedUntilMs() > 0) {
            DueIndex.clear(state, IDLE, rater.getCountedUntilMs(), pool, raterId);
        }
        if (untilMs > 0) {
            DueIndex.set(state, IDLE, untilMs, pool, raterId);
        }
        QueueStaff staff = queue.staff();
        state.put(
                QueueKeys.staff(pool),
                new QueueStaff(staff.getCapacity() + capacity - rater.getCountedCapacity(), staff.getMeanHeldMs()));
        state.put(
                QueueKeys.rater(pool, raterId),
                QueueRater.newBuilder(rater)
                        .setCountedCapacity(capacity)
                        .setCountedUntilMs(untilMs)
                        .build());
    }

    private static void learn(State state, String pool, long heldMs) {
        QueueStaff staff = new QueueReader(state, pool).staff();
        // Time is counted by ticks, so an answer within one tick seems to take none; it took some.
        long latest = Math.max(1, heldMs);
        long mean = staff.getMeanHeldMs() == 0
                ? latest
                : Math.max(1, staff.getMeanHeldMs() + (latest - staff.getMeanHeldMs()) / SMOOTHING);
        state.put(QueueKeys.staff(pool), new QueueStaff(staff.getCapacity(), mean));
    }
}
