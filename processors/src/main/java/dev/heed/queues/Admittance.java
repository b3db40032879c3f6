package dev.heed.queues;

import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskQueued;
import dev.heed.journal.TaskWanted;
import dev.heed.math.KeyedHash;
import dev.heed.math.Micros;
import dev.heed.policy.Pool;
import dev.heed.state.QueueLanes;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueTaskRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a task into its pool's bounded queue, or not: by value the least valuable has to leave, in exploration chance
 * decides, and never the value.
 *
 * <p>Whether the exploration lane keeps a task is drawn once, when it first comes: with the probability of that moment,
 * which falls to nothing as the lane fills up. So a kept task never has to leave again for want of room, and its
 * propensity is exactly what was drawn with.
 */
public final class Admittance {
    /** Stands for the probability of a task that never came to the exploration lane. */
    public static final long NEVER_DRAWN = -1;

    private final byte[] seed;

    /** @param seed secret, for the draw and the order of the exploration lane */
    public Admittance(byte[] seed) {
        this.seed = seed.clone();
    }

    /** Whether the exploration lane keeps a task, and how that came. */
    private record Draw(boolean kept, boolean drawnNow, long keepMicros) {}

    /**
     * Emits that the task is queued, or dropped and why.
     *
     * @param known what the queue knew of it
     * @param openSlots hand-outs due
     */
    public void admit(Step step, Pool pool, TaskWanted wanted, @Nullable QueueTask known, int openSlots) {
        QueueReader queue = new QueueReader(step.state(), pool.getPool());
        PoolShares shares = PoolShares.of(pool);
        Draw draw = draw(queue, shares, wanted, known);
        if (!draw.kept()) {
            drop(step, wanted, "thinned", draw);
            return;
        }
        if (openSlots > 0 && isOverfull(wanted.getLane(), queue.lanes(), shares, known)) {
            drop(step, wanted, "full", draw);
            return;
        }
        boolean entersLane = openSlots > 0 && !standsIn(wanted.getLane(), known);
        if (!entersLane || roomIn(wanted.getLane(), queue.lanes(), shares)) {
            enqueue(step, wanted, openSlots, draw, null);
            return;
        }
        QueueTask least = wanted.getLane() == Lane.EXPLORATION ? null : leastValuable(queue);
        boolean worthMore = least != null
                && (wanted.getLane() == Lane.CRITICAL
                        || QueueKeys.rankedValue(wanted) > QueueKeys.rankedValue(least.getWanted()));
        if (worthMore) {
            enqueue(step, wanted, openSlots, draw, least);
        } else {
            drop(step, wanted, "full", draw);
        }
    }

    private Draw draw(QueueReader queue, PoolShares shares, TaskWanted wanted, @Nullable QueueTask known) {
        long drawnBefore = known == null ? NEVER_DRAWN : known.getKeepMicros();
        if (wanted.getLane() != Lane.EXPLORATION) {
            return new Draw(true, false, drawnBefore);
        }
        boolean drawnNow = drawnBefore == NEVER_DRAWN;
        long keepMicros = drawnNow ? keepMicros(queue, shares) : drawnBefore;
        double chance = KeyedHash.unit(seed, "queue thinning", id(wanted));
        return new Draw(chance * Micros.ONE < keepMicros, drawnNow, keepMicros);
    }

    private static long keepMicros(QueueReader queue, PoolShares shares) {
        int room = shares.explorationTasks();
        int free = Math.max(0, room - queue.lanes().getExplorationTasks());
        return room == 0 ? 0 : queue.thinning().getKeepMicros() * free / room;
    }

    private static boolean standsIn(Lane lane, @Nullable QueueTask known) {
        if (lane == Lane.EXPLORATION) {
            return TaskBook.explores(known);
        }
        return known != null && TaskBook.waits(known) && known.getWanted().getLane() != Lane.EXPLORATION;
    }

    private static boolean roomIn(Lane lane, QueueLanes lanes, PoolShares shares) {
        return lane == Lane.EXPLORATION
                ? lanes.getExplorationTasks() < shares.explorationTasks()
                : lanes.getCriticalTasks() + lanes.getValueTasks() < shares.valueTasks();
    }

    /**
     * Whether the exploration lane holds more than a new policy allows, when a task of it whose labels were all handed out
     * would wait again: at that moment such a task did not wait, so it could not leave.
     */
    private static boolean isOverfull(Lane lane, QueueLanes lanes, PoolShares shares, @Nullable QueueTask known) {
        return lane == Lane.EXPLORATION
                && TaskBook.explores(known)
                && !TaskBook.waits(known)
                && lanes.getExplorationTasks() > shares.explorationTasks();
    }

    private static @Nullable QueueTask leastValuable(QueueReader queue) {
        List<StateReader.Entry<QueueTaskRef>> first =
                queue.state().withPrefix(QueueKeys.evictionPlaces(queue.pool()), QueueTaskRef.class, 1);
        return first.isEmpty() ? null : queue.task(first.get(0).value());
    }

    private void enqueue(Step step, TaskWanted wanted, int openSlots, Draw draw, @Nullable QueueTask evicted) {
        boolean explores = wanted.getLane() == Lane.EXPLORATION;
        step.emit(new TaskQueued(
                wanted,
                evicted == null ? null : evicted.getWanted().getInteractionId(),
                evicted == null ? null : evicted.getWanted().getQuestionId(),
                openSlots,
                draw.keepMicros(),
                draw.drawnNow(),
                explores ? KeyedHash.bits(seed, "queue order", id(wanted)) >>> 1 : 0,
                propensityMicros(wanted, explores ? draw.keepMicros() : Micros.ONE),
                evicted == null ? 0 : evicted.getWanted().getRequest()));
    }

    private static long propensityMicros(TaskWanted wanted, long keepMicros) {
        return Math.max(1, wanted.getSelectionPropensityMicros() * keepMicros / Micros.ONE);
    }

    private static void drop(Step step, TaskWanted wanted, String reason, Draw draw) {
        step.emit(new TaskDropped(wanted, reason, draw.keepMicros(), draw.drawnNow()));
    }

    private static String id(TaskWanted wanted) {
        return wanted.getInteractionId() + '|' + wanted.getQuestionId();
    }
}
