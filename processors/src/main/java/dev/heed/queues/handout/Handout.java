package dev.heed.queues.handout;

import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.fact.GoldRetired;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.WaitEnded;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskWanted;
import dev.heed.math.Micros;
import dev.heed.out.Task;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.queues.BucketRule;
import dev.heed.queues.InPolicy;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueBucket;
import dev.heed.state.QueueGold;
import dev.heed.state.QueueTask;

/** Hands one task to one rater. */
final class Handout {
    /** What became of a task that was found for a rater. */
    enum Outcome {
        HANDED_OUT,
        /** Gold took the last room the rater had. */
        DISPLACED,
        /** It is not for this rater now. */
        WITHHELD
    }

    private Handout() {}

    /**
     * Hands the task out, after the gold items that take its place as long as the rater has room and the pool tokens.
     *
     * <p>Emits nothing where a rater who is new to the question has to wait for gold.
     */
    static Outcome handOut(Step step, Pool pool, BlindGold blindGold, Candidate candidate, QueueTask task) {
        QueueReader queue = new QueueReader(step.state(), pool.getPool());
        Candidate now = candidate;
        while (now != null && now.room() > 0) {
            Purse purse = Purse.of(step.policy(), pool, queue);
            BlindGold.Turn turn = blindGold.at(now, pool, purse, task);
            if (turn.gold() != null) {
                grant(step, pool, now.raterId(), turn.gold());
                now = Candidate.of(step.policy(), queue, now.raterId());
            } else if (turn.servesTask() && purse.opens(task.getWanted().getLane())) {
                grant(step, pool, now.raterId(), task);
                return Outcome.HANDED_OUT;
            } else {
                return Outcome.WITHHELD;
            }
        }
        return Outcome.DISPLACED;
    }

    /** Emits the lease, and the end of the rater's wait if this was the last task awaited. */
    private static void grant(Step step, Pool pool, String raterId, QueueTask task) {
        TaskWanted wanted = task.getWanted();
        lease(
                step,
                pool,
                LeaseGranted.newBuilder()
                        .setInteractionId(wanted.getInteractionId())
                        .setQuestionId(wanted.getQuestionId())
                        .setRaterId(raterId)
                        .setLane(wanted.getLane())
                        .setPropensityMicros(task.getPropensityMicros())
                        .setSenior(wanted.getSenior()),
                wanted.getRubricVersion());
    }

    /** The same for a gold item, of which the rater is told what they would be told of any other. */
    private static void grant(Step step, Pool pool, String raterId, QueueGold gold) {
        GoldOffered offered = gold.getOffered();
        lease(
                step,
                pool,
                LeaseGranted.newBuilder()
                        .setInteractionId(offered.getInteractionId())
                        .setQuestionId(offered.getQuestionId())
                        .setRaterId(raterId)
                        .setLane(Lane.VALUE)
                        .setPropensityMicros(Micros.ONE)
                        .setGold(true),
                offered.getRubricVersion());
        if (gold.getExposures() + 1 >= pool.getGoldMaxExposures()) {
            step.emit(new GoldRetired(
                    pool.getPool(), offered.getQuestionId(), offered.getInteractionId(), gold.getExposures() + 1));
        }
    }

    private static void lease(Step step, Pool pool, LeaseGranted.Builder granted, String wantedRubric) {
        QueueReader queue = new QueueReader(step.state(), pool.getPool());
        countTimeFirst(step, pool, queue.bucket());
        Purse purse = Purse.of(step.policy(), pool, queue);
        String taskId = String.join(
                "|",
                pool.getPool(),
                granted.getInteractionId(),
                granted.getQuestionId(),
                granted.getRaterId(),
                Long.toString(purse.bucket().getHandedOutLabels() + 1));
        Question question = InPolicy.question(step.policy(), granted.getQuestionId());
        // What waited is answered under the rubric in force when it is handed out.
        String rubric = question == null ? wantedRubric : question.getRubricVersion();
        LeaseGranted lease = granted.setRubricVersion(rubric)
                .setPool(pool.getPool())
                .setTaskId(taskId)
                .setExpiresAtMs(step.nowMs() + pool.getLeaseMs())
                .build();
        long tokensMicros = purse.tokensMicros(lease.getLane());
        step.emit(
                new TaskLeased(lease, told(step, lease), tokensMicros, tokensMicros < Micros.ONE, purse.priceMicros()));
        if (queue.rater(lease.getRaterId()).getWantedTasks() == 0) {
            step.emit(new WaitEnded(pool.getPool(), lease.getRaterId(), "met"));
        }
    }

    private static Task told(Step step, LeaseGranted lease) {
        return new Task(
                lease.getTaskId(),
                lease.getRaterId(),
                lease.getInteractionId(),
                lease.getQuestionId(),
                lease.getPool(),
                lease.getRubricVersion(),
                lease.getExpiresAtMs(),
                "open",
                ShownOrder.of(InPolicy.question(step.policy(), lease.getQuestionId()), lease.getTaskId()));
    }

    /** A full lane stands still: the time it did must not count once a label is taken out of it. */
    private static void countTimeFirst(Step step, Pool pool, QueueBucket bucket) {
        if (bucket.getFilledAtMs() < step.nowMs() && BucketRule.isFull(pool, bucket)) {
            step.emit(BucketRule.refill(pool, bucket, step.nowMs()));
        }
    }
}
