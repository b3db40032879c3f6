package dev.heed.queues.handout;

import dev.heed.event.Lane;
import dev.heed.event.RaterStatus;
import dev.heed.math.KeyedHash;
import dev.heed.math.Micros;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.queues.GoldBook;
import dev.heed.queues.InPolicy;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueGold;
import dev.heed.state.QueueTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a rater is served a gold item, and which. It takes the place of a task of the same question that they
 * would have been handed at that moment, so that neither its time nor anything they are told gives it away; the task
 * stays in the queue. Critical tasks wait for nothing, so none is displaced.
 *
 * <p>Whether it is gold's turn is drawn from the rater and the number of the hand-out alone. The classes take turns in
 * blocks, each in an order of its own by hash, so that every class is asked equally often and none can be foreseen.
 *
 * <p>Who is new gets gold only, as long as there is some that they have not seen.
 */
final class BlindGold {
    private final byte[] seed;

    /** @param seed secret, for the draw, the turns of the classes, and each rater's order of the items */
    BlindGold(byte[] seed) {
        this.seed = seed.clone();
    }

    /**
     * What a rater gets where a task was found for them.
     *
     * @param servesTask true for the task itself
     * @param gold what is served in its place; null for the task, or for nothing
     */
    record Turn(boolean servesTask, @Nullable QueueGold gold) {
        private static final Turn TASK = new Turn(true, null);
        private static final Turn NOTHING = new Turn(false, null);
    }

    Turn at(Candidate candidate, Pool pool, Purse purse, QueueTask task) {
        Question question = InPolicy.question(purse.policy(), task.getWanted().getQuestionId());
        if (question == null || question.getClasses().isEmpty()) {
            return Turn.TASK; // A text that is asked for has no known answer.
        }
        RaterStatus status = candidate.status(question);
        boolean isNew = status == RaterStatus.ONBOARDING;
        boolean displaces = task.getWanted().getLane() != Lane.CRITICAL && purse.opens(Lane.VALUE);
        if (!isNew && !(displaces && isGoldsTurn(pool, candidate, status))) {
            return Turn.TASK;
        }
        QueueGold gold = next(pool, question, candidate);
        if (gold == null) {
            return Turn.TASK;
        }
        return purse.opens(Lane.VALUE) ? new Turn(false, gold) : Turn.NOTHING;
    }

    private boolean isGoldsTurn(Pool pool, Candidate candidate, RaterStatus status) {
        String id = String.join(
                "|",
                pool.getPool(),
                candidate.raterId(),
                Long.toString(candidate.rater().getHandedOut() + 1));
        long shareMicros =
                status == RaterStatus.PROBATION ? pool.getProbationGoldShareMicros() : pool.getGoldShareMicros();
        return KeyedHash.unit(seed, "gold turn", id) * Micros.ONE < shareMicros;
    }

    /** The rater's next gold item of the question, or null when there is none that they have not seen. */
    private @Nullable QueueGold next(Pool pool, Question question, Candidate candidate) {
        for (String className : classesInTurn(question, candidate)) {
            String id = candidate.raterId() + '|' + question.getQuestionId() + '|' + className;
            long start = KeyedHash.bits(seed, "gold start", id) >>> 1;
            QueueGold first = null;
            for (QueueGold gold : GoldBook.shelf(candidate.queue(), question.getQuestionId(), className)) {
                if (gold.getExposures() >= pool.getGoldMaxExposures()
                        || !GoldBook.counts(question, gold)
                        || !candidate.suits(gold.getOffered())) {
                    continue;
                }
                if (gold.getShelfOrder() >= start) {
                    return gold;
                }
                first = first == null ? gold : first;
            }
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    /** The classes from the one whose turn it is, in the order of the present block. */
    private List<String> classesInTurn(Question question, Candidate candidate) {
        QueueReader queue = candidate.queue();
        int served = queue.goldServed(question.getQuestionId(), candidate.raterId());
        int classes = question.getClasses().size();
        String block = String.join(
                "|", queue.pool(), candidate.raterId(), question.getQuestionId(), Integer.toString(served / classes));
        List<String> order = new ArrayList<>(question.getClasses());
        order.sort(Comparator.comparing(className -> KeyedHash.hex(seed, "gold class", block + '|' + className)));
        List<String> turn = new ArrayList<>(order.subList(served % classes, classes));
        turn.addAll(order.subList(0, served % classes));
        return turn;
    }
}
