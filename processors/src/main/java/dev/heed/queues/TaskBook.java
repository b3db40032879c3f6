package dev.heed.queues;

import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Lane;
import dev.heed.journal.TaskWanted;
import dev.heed.state.QueueLanes;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueTaskRef;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks together with all that follows from them: their places in the queue, the counts of their lanes, the
 * histogram of values. Nothing else writes these, so they are always what the tasks say.
 */
public final class TaskBook {
    /** How long a task that neither waits nor is leased is remembered, so that a late or stale message finds it. */
    static final long REMEMBERED_MS = 3_600_000;
    /** Most such tasks per pool. */
    static final int MAX_REMEMBERED = 100_000;
    /** Each new task lets go of up to this many old ones: more than come, so that memory shrinks to its bounds. */
    private static final int FORGOTTEN_PER_TASK = 2;

    private TaskBook() {}

    /** Puts the task in place of what was known of it. */
    public static void put(State state, long timeMs, QueueTask.Builder changed) {
        TaskWanted wanted = changed.getWanted();
        boolean idle = changed.getOpenSlots() <= 0 && changed.getLeases().isEmpty();
        QueueTask task = changed.setIdleSinceMs(idle ? timeMs : -1).build();
        String key = QueueKeys.task(wanted);
        QueueTask before = state.get(key, QueueTask.class);
        QueueLanes.Builder lanes = lanes(state, wanted.getPool());
        if (before != null) {
            count(state, lanes, before, -1);
            removePlaces(state, before);
        }
        count(state, lanes, task, 1);
        addPlaces(state, task);
        state.put(key, task);
        state.put(QueueKeys.lanes(wanted.getPool()), lanes.build());
    }

    /** Forgets some tasks that have been idle for long. */
    public static void forgetIdle(State state, long timeMs, String pool) {
        for (StateReader.Entry<QueueTaskRef> entry :
                state.withPrefix(QueueKeys.idles(pool), QueueTaskRef.class, FORGOTTEN_PER_TASK)) {
            QueueTask task = new QueueReader(state, pool).task(entry.value());
            QueueLanes.Builder lanes = lanes(state, pool);
            boolean old = task.getIdleSinceMs() + REMEMBERED_MS <= timeMs;
            if (old || lanes.getIdleTasks() > MAX_REMEMBERED) {
                count(state, lanes, task, -1);
                removePlaces(state, task);
                state.delete(QueueKeys.task(task.getWanted()));
                state.put(QueueKeys.lanes(pool), lanes.build());
            }
        }
    }

    /** True when the task stands in the queue. */
    public static boolean waits(@Nullable QueueTask task) {
        return task != null && task.getOpenSlots() > 0;
    }

    /** True when the task takes room in the exploration lane: it waits there, or may come back when a lease ends. */
    public static boolean explores(@Nullable QueueTask task) {
        return task != null
                && task.getWanted().getLane() == Lane.EXPLORATION
                && task.getWantsMore()
                && (task.getOpenSlots() > 0 || !task.getLeases().isEmpty());
    }

    private static QueueLanes.Builder lanes(State state, String pool) {
        return QueueLanes.newBuilder(new QueueReader(state, pool).lanes());
    }

    private static void count(State state, QueueLanes.Builder lanes, QueueTask task, int sign) {
        TaskWanted wanted = task.getWanted();
        int tasks = waits(task) ? sign : 0;
        int labels = sign * Math.max(0, task.getOpenSlots());
        if (wanted.getLane() == Lane.CRITICAL) {
            lanes.setCriticalTasks(lanes.getCriticalTasks() + tasks);
            lanes.setCriticalLabels(lanes.getCriticalLabels() + labels);
        } else if (wanted.getLane() == Lane.VALUE) {
            lanes.setValueTasks(lanes.getValueTasks() + tasks);
            lanes.setValueLabels(lanes.getValueLabels() + labels);
            ValueHistogram.add(state, wanted.getPool(), QueueKeys.rankedValue(wanted), labels);
        }
        lanes.setExplorationTasks(lanes.getExplorationTasks() + (explores(task) ? sign : 0));
        lanes.setIdleTasks(lanes.getIdleTasks() + (task.getIdleSinceMs() >= 0 ? sign : 0));
    }

    private static void addPlaces(State state, QueueTask task) {
        TaskWanted wanted = task.getWanted();
        QueueTaskRef ref = new QueueTaskRef(wanted.getInteractionId(), wanted.getQuestionId());
        if (waits(task)) {
            state.put(QueueKeys.place(task), ref);
        }
        if (isEvictable(task)) {
            state.put(QueueKeys.evictionPlace(wanted), ref);
        }
        if (task.getIdleSinceMs() >= 0) {
            state.put(idleKey(task), ref);
        }
    }

    private static void removePlaces(State state, QueueTask task) {
        if (waits(task)) {
            state.delete(QueueKeys.place(task));
        }
        if (isEvictable(task)) {
            state.delete(QueueKeys.evictionPlace(task.getWanted()));
        }
        if (task.getIdleSinceMs() >= 0) {
            state.delete(idleKey(task));
        }
    }

    private static boolean isEvictable(QueueTask task) {
        return waits(task) && task.getWanted().getLane() == Lane.VALUE;
    }

    private static String idleKey(QueueTask task) {
        TaskWanted wanted = task.getWanted();
        return QueueKeys.idle(
                wanted.getPool(), task.getIdleSinceMs(), wanted.getInteractionId(), wanted.getQuestionId());
    }
}
