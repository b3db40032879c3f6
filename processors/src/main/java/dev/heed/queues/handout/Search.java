package dev.heed.queues.handout;

import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.policy.Pool;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueTaskRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a pool's queue for one rater, in the order of service, and hands out what suits.
 *
 * <p>The work is bounded: a search looks at some tasks from the front, so that a new task of great value is never
 * missed, and then at some more from where the rater's last search stopped. So a rater whom most of the queue does not
 * suit reaches all of it, some further with each tick.
 */
final class Search {
    /** Tasks looked at in vain, from the front of the queue, before the search skips ahead. */
    static final int FRONT_LOOKS = 32;
    /** Tasks looked at in vain from where the last search stopped. */
    static final int DEEP_LOOKS = 32;
    /** Where a search starts, and where the next one does after one that reached the end. */
    static final String FRONT = "";

    private static final int READ_AHEAD = 16;

    private enum Look {
        TAKEN,
        GOLD_INSTEAD,
        UNSUITABLE,
        LANE_CLOSED,
        WORTHLESS_FROM_HERE
    }

    private final Step step;
    private final Pool pool;
    private final QueueReader queue;
    private final BlindGold blindGold;
    private final String raterId;
    private final long leastWorthMicros;
    private Purse purse;
    private @Nullable Candidate candidate;

    Search(Step step, Pool pool, BlindGold blindGold, String raterId) {
        this.step = step;
        this.pool = pool;
        this.blindGold = blindGold;
        this.queue = new QueueReader(step.state(), pool.getPool());
        this.raterId = raterId;
        this.purse = Purse.of(step.policy(), pool, queue);
        this.leastWorthMicros = purse.leastWorthMicros();
        this.candidate = Candidate.of(step.policy(), queue, raterId);
    }

    /** Hands out what it finds; returns where the rater's next search goes on. */
    String run() {
        String lastStop = queue.rater(raterId).getQueueAfter();
        if (room() == 0) {
            return lastStop;
        }
        String stop = walk(FRONT, FRONT_LOOKS);
        if (room() == 0) {
            return lastStop;
        }
        if (stop.equals(FRONT)) {
            return FRONT;
        }
        return walk(stop.compareTo(lastStop) > 0 ? stop : lastStop, DEEP_LOOKS);
    }

    private int room() {
        return candidate == null ? 0 : candidate.room();
    }

    /** Walks on until enough tasks did not suit; returns the last one, or the front when the end was reached. */
    private String walk(String after, int maxUnsuitable) {
        String at = after;
        int unsuitable = 0;
        while (true) {
            List<StateReader.Entry<QueueTaskRef>> ahead =
                    step.state().withPrefixAfter(QueueKeys.places(pool.getPool()), at, QueueTaskRef.class, READ_AHEAD);
            if (ahead.isEmpty()) {
                return FRONT;
            }
            for (StateReader.Entry<QueueTaskRef> next : ahead) {
                String before = at;
                at = next.key();
                Lane lane = QueueKeys.laneAt(at);
                Look look = look(lane, next.value());
                if (look == Look.WORTHLESS_FROM_HERE) {
                    return FRONT;
                }
                if (look == Look.GOLD_INSTEAD) {
                    return before;
                }
                if (look == Look.LANE_CLOSED) {
                    at = QueueKeys.behind(pool.getPool(), lane);
                    break;
                }
                if (look == Look.TAKEN && room() == 0) {
                    return at;
                }
                if (look == Look.UNSUITABLE && ++unsuitable == maxUnsuitable) {
                    return at;
                }
            }
        }
    }

    private Look look(Lane lane, QueueTaskRef ref) {
        if (!purse.opens(lane)) {
            return Look.LANE_CLOSED;
        }
        QueueTask task = queue.task(ref);
        // Value is the last lane and falls along it: nothing behind this task can be worth more.
        if (lane == Lane.VALUE && QueueKeys.rankedValue(task.getWanted()) < leastWorthMicros) {
            return Look.WORTHLESS_FROM_HERE;
        }
        if (candidate == null || !purse.isWorth(task) || !candidate.suits(task, pool, step.nowMs())) {
            return Look.UNSUITABLE;
        }
        Handout.Outcome outcome = Handout.handOut(step, pool, blindGold, candidate, task);
        purse = Purse.of(step.policy(), pool, queue);
        candidate = Candidate.of(step.policy(), queue, raterId);
        return switch (outcome) {
            case HANDED_OUT -> Look.TAKEN;
            case DISPLACED -> Look.GOLD_INSTEAD;
            case WITHHELD -> Look.UNSUITABLE;
        };
    }
}
