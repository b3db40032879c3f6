package dev.heed.queues.admission;

import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.fact.FactHeader;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeft;
import dev.heed.fact.TaskQueued;
import dev.heed.journal.TaskCancelled;
import dev.heed.journal.TaskWanted;
import dev.heed.policy.Pool;
import dev.heed.queues.Admittance;
import dev.heed.queues.InPolicy;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.queues.TaskBook;
import dev.heed.state.QueueEndedLease;
import dev.heed.state.QueueTask;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Takes up what items want and no longer want. The highest request of an item and question stands. */
public final class Admission implements Feature {
    private final Admittance admittance;

    public Admission(Admittance admittance) {
        this.admittance = admittance;
    }

    @Override
    public void decide(Step step) {
        if (step.event() instanceof TaskWanted wanted) {
            want(step, wanted);
        } else if (step.event() instanceof TaskCancelled cancelled) {
            cancel(step, cancelled);
        }
    }

    private void want(Step step, TaskWanted wanted) {
        if (wanted.getLane() == Lane.UNKNOWN) {
            throw new NotUpgraded("a task of interaction " + wanted.getInteractionId()
                    + " comes in a lane this version does not know: it was written by a newer version");
        }
        Pool pool = InPolicy.pool(step.policy(), wanted.getPool());
        if (pool == null) {
            step.refuse(
                    "unknown_pool",
                    "pool " + wanted.getPool() + " (expected: one of policy "
                            + step.policy().getPolicyVersion() + ")");
            return;
        }
        if (InPolicy.question(step.policy(), wanted.getQuestionId()) == null) {
            step.refuse(
                    "unknown_question",
                    "question " + wanted.getQuestionId() + " (expected: one of policy "
                            + step.policy().getPolicyVersion() + ")");
            return;
        }
        QueueTask known =
                new QueueReader(step.state(), wanted.getPool()).task(wanted.getInteractionId(), wanted.getQuestionId());
        if (known != null && wanted.getRequest() <= known.getWanted().getRequest()) {
            step.ignoreDuplicate();
            return;
        }
        admittance.admit(step, pool, wanted, known, openSlots(wanted, known));
    }

    /**
     * Hand-outs still due: those wanted beyond what the item knew, less the leases it did not know of, and again those
     * of leases it counted on that have ended here. Below 0 when more is out than the item now wants.
     */
    private static int openSlots(TaskWanted wanted, @Nullable QueueTask known) {
        if (known == null) {
            return Math.max(0, wanted.getLabelsWanted());
        }
        long unknownToItem = known.getLeases().stream()
                .filter(lease -> !wanted.getExcludedRaters().contains(lease.getRaterId()))
                .count();
        long lapsed = known.getEnded().stream()
                .filter(ended -> wanted.getLeasedTasks().contains(ended.getTaskId()))
                .count();
        return (int) (wanted.getLabelsWanted() - unknownToItem + lapsed);
    }

    private static void cancel(Step step, TaskCancelled cancelled) {
        QueueTask known = new QueueReader(step.state(), cancelled.getPool())
                .task(cancelled.getInteractionId(), cancelled.getQuestionId());
        if (known == null
                || !known.getWantsMore()
                || cancelled.getRequest() < known.getWanted().getRequest()) {
            return;
        }
        step.emit(new TaskLeft(
                cancelled.getInteractionId(),
                cancelled.getQuestionId(),
                "cancelled",
                cancelled.getPool(),
                cancelled.getRequest()));
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof TaskQueued queued) {
            applyQueued(state, header, queued);
        } else if (fact instanceof TaskDropped dropped) {
            QueueTask.Builder task = requested(state, dropped.getTask())
                    .setOpenSlots(0)
                    .setWantsMore(false)
                    .setKeepMicros(dropped.getKeepMicros());
            TaskBook.put(state, header.getTimeMs(), task);
            TaskBook.forgetIdle(state, header.getTimeMs(), dropped.getTask().getPool());
        } else if (fact instanceof TaskLeft left) {
            leave(state, header, left.getPool(), left.getInteractionId(), left.getQuestionId(), left.getRequest());
        }
    }

    private static void applyQueued(State state, FactHeader header, TaskQueued queued) {
        TaskWanted wanted = queued.getTask();
        if (queued.getEvictedInteractionId() != null) {
            String questionId = Objects.requireNonNull(queued.getEvictedQuestionId());
            leave(state, header, wanted.getPool(), queued.getEvictedInteractionId(), questionId, 0);
        }
        QueueTask.Builder task = requested(state, wanted)
                .setOpenSlots(queued.getOpenSlots())
                .setWantsMore(true)
                .setKeepMicros(queued.getKeepMicros())
                .setExplorationOrder(queued.getExplorationOrder())
                .setPropensityMicros(queued.getPropensityMicros());
        TaskBook.put(state, header.getTimeMs(), task);
        TaskBook.forgetIdle(state, header.getTimeMs(), wanted.getPool());
    }

    /** What is known of the task, under the given request. */
    private static QueueTask.Builder requested(State state, TaskWanted wanted) {
        QueueTask known = state.get(QueueKeys.task(wanted), QueueTask.class);
        if (known == null) {
            return QueueTask.newBuilder()
                    .setWanted(wanted)
                    .setPropensityMicros(0)
                    .setExplorationOrder(0)
                    .setIdleSinceMs(-1)
                    .setLeases(List.of())
                    .setEnded(List.of())
                    .setAnswered(List.of());
        }
        QueueTask.Builder task = QueueTask.newBuilder(known).setWanted(wanted);
        if (wanted.getRequest() > known.getWanted().getRequest()) {
            task.setAnswered(List.of());
            task.setEnded(known.getEnded().stream()
                    .map(ended -> underRequest(wanted, ended))
                    .toList());
        }
        return task;
    }

    /** A slot is closed by a late label only as long as the item has not counted that label in a request. */
    private static QueueEndedLease underRequest(TaskWanted wanted, QueueEndedLease ended) {
        boolean counted = wanted.getExcludedRaters().contains(ended.getRaterId())
                && !wanted.getLeasedTasks().contains(ended.getTaskId());
        return counted
                ? new QueueEndedLease(ended.getRaterId(), ended.getTaskId(), ended.getEndedAtMs(), false)
                : ended;
    }

    private static void leave(
            State state, FactHeader header, String pool, String interactionId, String questionId, int request) {
        QueueTask known = Objects.requireNonNull(
                new QueueReader(state, pool).task(interactionId, questionId), "a task that left");
        QueueTask.Builder task = QueueTask.newBuilder(known).setOpenSlots(0).setWantsMore(false);
        if (request > known.getWanted().getRequest()) {
            task.setWanted(
                    TaskWanted.newBuilder(known.getWanted()).setRequest(request).build());
        }
        TaskBook.put(state, header.getTimeMs(), task);
    }
}
