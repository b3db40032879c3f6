package dev.heed.queues.handout;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterStatus;
import dev.heed.event.ReleaseTask;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LeaseExpired;
import dev.heed.fact.StandingHeard;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.TaskLeft;
import dev.heed.fact.TaskSettled;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.TaskAnswered;
import dev.heed.journal.Tick;
import dev.heed.out.Task;
import dev.heed.policy.Pool;
import dev.heed.queues.Admittance;
import dev.heed.queues.DueIndex;
import dev.heed.queues.GoldBook;
import dev.heed.queues.InPolicy;
import dev.heed.queues.Pools;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueLease;
import dev.heed.state.QueueRaterLease;
import dev.heed.state.QueueTask;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Leases from hand-out to their end: answered, expired at a tick, given back, or refused by the item, which alone knows
 * its slots. One that ends without an answer leaves its hand-out due again.
 */
public final class Leases implements Feature {
    private static final String EXPIRED = "expired";
    private static final String RELEASED = "released";
    private static final String SUSPENDED = "suspended";
    /** Ends that the queue decides; the item has to hear of these, and of no others. */
    private static final Set<String> TOLD_TO_ITEM = Set.of(EXPIRED, RELEASED, SUSPENDED);

    private final Admittance admittance;

    public Leases(Admittance admittance) {
        this.admittance = admittance;
    }

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            for (DueIndex.Due due : DueIndex.due(step.state(), LeaseBook.EXPIRY, step.nowMs())) {
                QueueLease lease = new QueueReader(step.state(), due.pool()).lease(due.target());
                end(step, Objects.requireNonNull(lease, "a lease that is due"), EXPIRED, "");
            }
        } else if (step.event() instanceof TaskAnswered answer) {
            settle(step, answer);
        } else if (step.event() instanceof LeaseEnded refused) {
            refuse(step, refused);
        } else if (step.event() instanceof ActionAccepted action && action.getReleaseTask() != null) {
            release(step, action, action.getReleaseTask());
        }
        for (StandingHeard heard : step.facts(StandingHeard.class)) {
            if (heard.getStanding().getStatus() == RaterStatus.SUSPENDED) {
                pull(step, heard.getStanding());
            }
        }
    }

    /** What a rater holds of a question on which they are no longer trusted goes to others at once. */
    private void pull(Step step, RaterStanding standing) {
        for (String pool : Pools.names(step.state())) {
            QueueReader queue = new QueueReader(step.state(), pool);
            for (QueueRaterLease held : queue.rater(standing.getRaterId()).getLeases()) {
                QueueLease lease = Objects.requireNonNull(queue.lease(held.getTaskId()), "a lease that is held");
                if (lease.getLease().getQuestionId().equals(standing.getQuestionId())) {
                    end(step, lease, SUSPENDED, "");
                }
            }
        }
    }

    private void release(Step step, ActionAccepted action, ReleaseTask release) {
        QueueReader queue = new QueueReader(step.state(), release.getPool());
        if (queue.rater(release.getRaterId()).getEventIds().contains(action.getEventId())) {
            step.ignoreDuplicate();
            return;
        }
        QueueLease lease = queue.lease(release.getTaskId());
        if (lease == null || !lease.getLease().getRaterId().equals(release.getRaterId())) {
            step.refuse(
                    "unknown_task",
                    "task " + release.getTaskId() + " (expected: one that rater " + release.getRaterId()
                            + " holds in pool " + release.getPool() + ")");
            return;
        }
        end(step, lease, RELEASED, action.getEventId());
    }

    private void refuse(Step step, LeaseEnded refused) {
        QueueLease lease = new QueueReader(step.state(), step.key()).lease(refused.getTaskId());
        if (lease != null) {
            end(step, lease, refused.getReason(), "");
        }
    }

    private void end(Step step, QueueLease held, String reason, String eventId) {
        LeaseGranted lease = held.getLease();
        step.emit(new LeaseExpired(
                new LeaseEnded(
                        lease.getInteractionId(), lease.getQuestionId(), lease.getRaterId(), lease.getTaskId(), reason),
                lease.getPool(),
                eventId,
                ended(held)));
        if (lease.getGold()) {
            return;
        }
        QueueTask task = task(step, lease.getPool(), lease.getInteractionId(), lease.getQuestionId());
        if (!task.getWantsMore() || !LeaseBook.opensAgain(task, lease.getRaterId(), lease.getTaskId())) {
            return;
        }
        Pool pool = InPolicy.pool(step.policy(), lease.getPool());
        if (pool == null) {
            leave(step, task, "pool_removed");
        } else {
            admittance.admit(step, pool, task.getWanted(), task, task.getOpenSlots() + 1);
        }
    }

    private static void settle(Step step, TaskAnswered answer) {
        QueueReader queue = new QueueReader(step.state(), answer.getPool());
        QueueTask task = queue.task(answer.getInteractionId(), answer.getQuestionId());
        String taskId = heldBy(queue, task, answer);
        if (taskId != null) {
            QueueLease held = Objects.requireNonNull(queue.lease(taskId), "a lease that its task names");
            step.emit(new TaskSettled(answer, step.nowMs() - held.getLeasedAtMs(), taskId, false, ended(held)));
        } else if (task != null && task.getWantsMore() && !task.getAnswered().contains(answer.getRaterId())) {
            settleLate(step, answer, task);
        }
    }

    private static @Nullable String heldBy(QueueReader queue, @Nullable QueueTask task, TaskAnswered answer) {
        String taskId = task == null ? null : LeaseBook.taskHeldBy(task, answer.getRaterId());
        return taskId == null
                ? GoldBook.taskHeldBy(queue, answer.getQuestionId(), answer.getInteractionId(), answer.getRaterId())
                : taskId;
    }

    /** The lease had ended: nothing is paid back, but a slot that was opened again is filled by now. */
    private static void settleLate(Step step, TaskAnswered answer, QueueTask before) {
        step.emit(new TaskSettled(answer, 0L, "", true, null));
        QueueTask after = task(step, answer.getPool(), answer.getInteractionId(), answer.getQuestionId());
        if (before.getOpenSlots() > 0
                && after.getOpenSlots() == 0
                && after.getLeases().isEmpty()) {
            leave(step, after, "satisfied");
        }
    }

    private static void leave(Step step, QueueTask task, String reason) {
        step.emit(new TaskLeft(
                task.getWanted().getInteractionId(),
                task.getWanted().getQuestionId(),
                reason,
                task.getWanted().getPool(),
                task.getWanted().getRequest()));
    }

    private static QueueTask task(Step step, String pool, String interactionId, String questionId) {
        return Objects.requireNonNull(
                new QueueReader(step.state(), pool).task(interactionId, questionId), "a task with a lease");
    }

    private static Task ended(QueueLease held) {
        return Task.newBuilder(held.getTask()).setState("ended").build();
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof TaskLeased leased) {
            LeaseBook.open(state, header, leased);
        } else if (fact instanceof LeaseExpired ended) {
            LeaseBook.end(
                    state, header, ended, TOLD_TO_ITEM.contains(ended.getLease().getReason()));
        } else if (fact instanceof TaskSettled settled) {
            LeaseBook.settle(state, header, settled);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof TaskLeased leased) {
            ItemsEvent granted =
                    ItemsEvent.newBuilder().setLeaseGranted(leased.getLease()).build();
            out.send(Channel.ITEMS_JOURNAL, leased.getLease().getInteractionId(), granted);
            tell(leased.getTask(), out);
        } else if (fact instanceof LeaseExpired ended) {
            if (TOLD_TO_ITEM.contains(ended.getLease().getReason())) {
                ItemsEvent told =
                        ItemsEvent.newBuilder().setLeaseEnded(ended.getLease()).build();
                out.send(Channel.ITEMS_JOURNAL, ended.getLease().getInteractionId(), told);
            }
            tell(Objects.requireNonNull(ended.getTask()), out);
        } else if (fact instanceof TaskSettled settled && settled.getTask() != null) {
            tell(settled.getTask(), out);
        }
    }

    private static void tell(Task task, Outbox out) {
        out.send(Channel.TASKS, task.getRaterId(), task);
    }
}
