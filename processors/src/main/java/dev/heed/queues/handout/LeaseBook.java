package dev.heed.queues.handout;

import dev.heed.core.State;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LeaseExpired;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.TaskSettled;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskAnswered;
import dev.heed.queues.DueIndex;
import dev.heed.queues.GoldBook;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.queues.TaskBook;
import dev.heed.state.QueueEndedLease;
import dev.heed.state.QueueLease;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueRaterLease;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueTaskLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps a lease, its task and its rater in step: the only code that writes who holds what. */
final class LeaseBook {
    /** Kind of the timers at which leases expire. */
    static final String EXPIRY = "lease";
    /** Why an item refuses a lease of a rater whose label it has. */
    static final String ANSWERED = "answered";
    /** Most ended leases that a task remembers. */
    static final int MAX_ENDED = 32;

    private LeaseBook() {}

    /** Id of the task by which the rater holds a lease, or null. */
    static @Nullable String taskHeldBy(QueueTask task, String raterId) {
        for (QueueTaskLease lease : task.getLeases()) {
            if (lease.getRaterId().equals(raterId)) {
                return lease.getTaskId();
            }
        }
        return null;
    }

    /**
     * Whether the end of a lease leaves its hand-out due again. It does, whatever ends it, unless the request that stands
     * has reckoned with that rater and had not counted the lease: the item refuses it whenever it comes.
     */
    static boolean opensAgain(QueueTask task, String raterId, String taskId) {
        return !task.getWanted().getExcludedRaters().contains(raterId)
                || task.getWanted().getLeasedTasks().contains(taskId);
    }

    static void open(State state, FactHeader header, TaskLeased leased) {
        LeaseGranted lease = leased.getLease();
        String taskId = lease.getTaskId();
        state.put(
                QueueKeys.lease(lease.getPool(), taskId), new QueueLease(lease, leased.getTask(), header.getTimeMs()));
        DueIndex.set(state, EXPIRY, lease.getExpiresAtMs(), lease.getPool(), taskId);
        if (!lease.getGold()) {
            QueueTask task = task(state, lease.getPool(), lease.getInteractionId(), lease.getQuestionId());
            TaskBook.put(
                    state,
                    header.getTimeMs(),
                    QueueTask.newBuilder(task)
                            .setOpenSlots(task.getOpenSlots() - 1)
                            .setLeases(and(task.getLeases(), new QueueTaskLease(lease.getRaterId(), taskId)))
                            .setEnded(without(task.getEnded(), lease.getRaterId())));
        }
        QueueRater rater = new QueueReader(state, lease.getPool()).rater(lease.getRaterId());
        putHeld(
                state,
                lease,
                rater,
                and(rater.getLeases(), new QueueRaterLease(taskId, lease.getInteractionId())),
                rater.getEventIds());
    }

    /** @param late true when a label may still come, and then takes back the hand-out that is due again */
    static void end(State state, FactHeader header, LeaseExpired expired, boolean late) {
        LeaseEnded ended = expired.getLease();
        if (close(state, expired.getPool(), ended.getTaskId(), expired.getEventId())
                .getGold()) {
            return;
        }
        QueueTask task = task(state, expired.getPool(), ended.getInteractionId(), ended.getQuestionId());
        QueueTask.Builder changed = QueueTask.newBuilder(task).setLeases(withoutTask(task, ended.getTaskId()));
        if (ended.getReason().equals(ANSWERED)) {
            changed.setAnswered(and(task.getAnswered(), ended.getRaterId()));
        } else {
            List<QueueEndedLease> all = and(
                    without(task.getEnded(), ended.getRaterId()),
                    new QueueEndedLease(
                            ended.getRaterId(),
                            ended.getTaskId(),
                            header.getTimeMs(),
                            late && opensAgain(task, ended.getRaterId(), ended.getTaskId())));
            changed.setEnded(all.size() > MAX_ENDED ? all.subList(1, all.size()) : all);
        }
        TaskBook.put(state, header.getTimeMs(), changed);
    }

    static void settle(State state, FactHeader header, TaskSettled settled) {
        TaskAnswered answer = settled.getAnswer();
        if (!settled.getLate()
                && close(state, answer.getPool(), settled.getTaskId(), "").getGold()) {
            return;
        }
        QueueTask task = task(state, answer.getPool(), answer.getInteractionId(), answer.getQuestionId());
        boolean fillsSlot = settled.getLate()
                && task.getEnded().stream()
                        .anyMatch(ended -> ended.getRaterId().equals(answer.getRaterId()) && ended.getReopened());
        TaskBook.put(
                state,
                header.getTimeMs(),
                QueueTask.newBuilder(task)
                        .setOpenSlots(task.getOpenSlots() - (fillsSlot ? 1 : 0))
                        .setLeases(withoutTask(task, settled.getTaskId()))
                        .setEnded(without(task.getEnded(), answer.getRaterId()))
                        .setAnswered(and(task.getAnswered(), answer.getRaterId())));
    }

    /** Takes the lease from its rater and from the timers; its task, if it has one, still names it. */
    private static LeaseGranted close(State state, String pool, String taskId, String eventId) {
        QueueReader queue = new QueueReader(state, pool);
        LeaseGranted lease =
                Objects.requireNonNull(queue.lease(taskId), "a lease that ends").getLease();
        state.delete(QueueKeys.lease(pool, taskId));
        DueIndex.clear(state, EXPIRY, lease.getExpiresAtMs(), pool, taskId);
        QueueRater rater = queue.rater(lease.getRaterId());
        List<QueueRaterLease> held = rater.getLeases().stream()
                .filter(each -> !each.getTaskId().equals(taskId))
                .toList();
        putHeld(state, lease, rater, held, ActedOn.with(rater.getEventIds(), eventId));
        if (lease.getGold()) {
            GoldBook.end(state, pool, lease.getQuestionId(), lease.getInteractionId(), lease.getRaterId());
        }
        return lease;
    }

    private static void putHeld(
            State state, LeaseGranted lease, QueueRater rater, List<QueueRaterLease> held, List<String> eventIds) {
        state.put(
                QueueKeys.rater(lease.getPool(), lease.getRaterId()),
                QueueRater.newBuilder(rater)
                        .setLeases(held)
                        .setEventIds(eventIds)
                        .build());
    }

    private static QueueTask task(State state, String pool, String interactionId, String questionId) {
        return Objects.requireNonNull(
                new QueueReader(state, pool).task(interactionId, questionId), "the task of a lease or an answer");
    }

    private static <T> List<T> and(List<T> list, T last) {
        List<T> all = new ArrayList<>(list);
        all.add(last);
        return List.copyOf(all);
    }

    private static List<QueueEndedLease> without(List<QueueEndedLease> ended, String raterId) {
        return ended.stream().filter(each -> !each.getRaterId().equals(raterId)).toList();
    }

    private static List<QueueTaskLease> withoutTask(QueueTask task, String taskId) {
        return task.getLeases().stream()
                .filter(each -> !each.getTaskId().equals(taskId))
                .toList();
    }
}
