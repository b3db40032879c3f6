package dev.heed.queues.handout;

import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.WaitEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskWanted;
import dev.heed.math.Micros;
import dev.heed.out.Task;
import dev.heed.policy.Pool;
import dev.heed.queues.BucketRule;
import dev.heed.queues.InPolicy;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueBucket;
import dev.heed.state.QueueTask;

/** Hands one task to one rater. */
final class Handout {
    private Handout() {}

    /** Emits the lease, and the end of the rater's wait if this was the last task awaited. */
    static void grant(Step step, Pool pool, String raterId, QueueTask task) {
        QueueReader queue = new QueueReader(step.state(), pool.getPool());
        countTimeFirst(step, pool, queue.bucket());
        Purse purse = Purse.of(step.policy(), pool, queue);
        TaskWanted wanted = task.getWanted();
        Lane lane = wanted.getLane();
        long expiresAtMs = step.nowMs() + pool.getLeaseMs();
        String taskId = String.join(
                "|",
                pool.getPool(),
                wanted.getInteractionId(),
                wanted.getQuestionId(),
                raterId,
                Long.toString(purse.bucket().getHandedOutLabels() + 1));
        step.emit(new TaskLeased(
                new LeaseGranted(
                        wanted.getInteractionId(),
                        wanted.getQuestionId(),
                        pool.getPool(),
                        raterId,
                        taskId,
                        lane,
                        task.getPropensityMicros(),
                        expiresAtMs),
                new Task(
                        taskId,
                        raterId,
                        wanted.getInteractionId(),
                        wanted.getQuestionId(),
                        pool.getPool(),
                        wanted.getRubricVersion(),
                        lane,
                        expiresAtMs,
                        "open",
                        ShownOrder.of(InPolicy.question(step.policy(), wanted.getQuestionId()), taskId)),
                purse.tokensMicros(lane),
                purse.tokensMicros(lane) < Micros.ONE,
                purse.priceMicros()));
        if (queue.rater(raterId).getWantedTasks() == 0) {
            step.emit(new WaitEnded(pool.getPool(), raterId, "met"));
        }
    }

    /** A full lane stands still: the time it did must not count once a label is taken out of it. */
    private static void countTimeFirst(Step step, Pool pool, QueueBucket bucket) {
        if (bucket.getFilledAtMs() < step.nowMs() && BucketRule.isFull(pool, bucket)) {
            step.emit(BucketRule.refill(pool, bucket, step.nowMs()));
        }
    }
}
