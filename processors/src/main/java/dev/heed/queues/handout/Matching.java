package dev.heed.queues.handout;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LeaseExpired;
import dev.heed.fact.MatchingAdvanced;
import dev.heed.fact.MatchingLook;
import dev.heed.fact.TaskQueued;
import dev.heed.fact.TaskSettled;
import dev.heed.fact.WorkAwaited;
import dev.heed.journal.TaskWanted;
import dev.heed.journal.Tick;
import dev.heed.policy.Pool;
import dev.heed.queues.InPolicy;
import dev.heed.queues.Pools;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.queues.TaskBook;
import dev.heed.state.QueueLanes;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueRound;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueWaiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Brings waiting raters and waiting tasks together: a rater who asks or becomes free looks through the queue, a task
 * that comes is offered to those who wait, and at every tick those who have waited longest look again.
 */
public final class Matching implements Feature {
    /** Most raters of a pool that look through its queue at one tick; the next tick goes on after them. */
    static final int MAX_SEARCHES_PER_TICK = 32;
    /** Most waiting raters that a new task is offered to at once. */
    static final int MAX_OFFERS = 64;

    private final BlindGold blindGold;

    /** @param seed secret, for the gold among the tasks */
    public Matching(byte[] seed) {
        this.blindGold = new BlindGold(seed);
    }

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            if (step.hasPolicy()) {
                Pools.here(step).forEach(pool -> round(step, pool));
            }
            return;
        }
        for (SpecificRecord fact : step.facts()) {
            if (fact instanceof TaskQueued queued) {
                offer(step, queued.getTask());
            } else if (fact instanceof WorkAwaited awaited) {
                search(step, awaited.getPool(), awaited.getRaterId());
            } else if (fact instanceof TaskSettled settled && !settled.getLate()) {
                search(step, settled.getAnswer().getPool(), settled.getAnswer().getRaterId());
            } else if (fact instanceof LeaseExpired ended) {
                search(step, ended.getPool(), ended.getLease().getRaterId());
            }
        }
    }

    private void offer(Step step, TaskWanted wanted) {
        Pool pool = InPolicy.pool(step.policy(), wanted.getPool());
        if (pool == null) {
            return;
        }
        QueueReader queue = new QueueReader(step.state(), wanted.getPool());
        for (StateReader.Entry<QueueWaiting> waiting :
                step.state().withPrefix(QueueKeys.waitings(wanted.getPool()), QueueWaiting.class, MAX_OFFERS)) {
            QueueTask task = queue.task(wanted.getInteractionId(), wanted.getQuestionId());
            Purse purse = Purse.of(step.policy(), pool, queue);
            if (task == null || !TaskBook.waits(task) || !purse.opens(wanted.getLane()) || !purse.isWorth(task)) {
                return;
            }
            String raterId = waiting.value().getRaterId();
            Candidate candidate = Candidate.of(step.policy(), queue, raterId);
            if (candidate != null && candidate.room() > 0 && candidate.suits(task, pool, step.nowMs())) {
                Handout.handOut(step, pool, blindGold, candidate, task);
            }
        }
    }

    private void search(Step step, String poolName, String raterId) {
        Pool pool = InPolicy.pool(step.policy(), poolName);
        if (pool == null) {
            return;
        }
        searchFor(step, pool, raterId)
                .ifPresent(look ->
                        step.emit(new MatchingAdvanced(poolName, roundAfter(step.state(), poolName), List.of(look))));
    }

    /** Lets the rater look through the queue; says how far, if that is to be remembered. */
    private Optional<MatchingLook> searchFor(Step step, Pool pool, String raterId) {
        String next = new Search(step, pool, blindGold, raterId).run();
        QueueRater rater = new QueueReader(step.state(), pool.getPool()).rater(raterId);
        boolean moved = rater.getWantedTasks() > 0 && !next.equals(rater.getQueueAfter());
        return moved ? Optional.of(new MatchingLook(raterId, next)) : Optional.empty();
    }

    private void round(Step step, Pool pool) {
        String before = roundAfter(step.state(), pool.getPool());
        List<StateReader.Entry<QueueWaiting>> waiting = step.state()
                .withPrefixAfter(
                        QueueKeys.waitings(pool.getPool()), before, QueueWaiting.class, MAX_SEARCHES_PER_TICK + 1);
        List<MatchingLook> looks = new ArrayList<>();
        String after = Search.FRONT;
        for (int i = 0; i < waiting.size(); i++) {
            if (!hasSomethingToGive(step, pool)) {
                // Those who have waited longest come first again as soon as there is something.
                after = before;
                break;
            }
            if (i == MAX_SEARCHES_PER_TICK) {
                after = waiting.get(i - 1).key();
                break;
            }
            searchFor(step, pool, waiting.get(i).value().getRaterId()).ifPresent(looks::add);
        }
        if (!looks.isEmpty() || !after.equals(before)) {
            step.emit(new MatchingAdvanced(pool.getPool(), after, looks));
        }
    }

    private static boolean hasSomethingToGive(Step step, Pool pool) {
        QueueReader queue = new QueueReader(step.state(), pool.getPool());
        QueueLanes lanes = queue.lanes();
        Purse purse = Purse.of(step.policy(), pool, queue);
        return lanes.getCriticalTasks() > 0
                || (lanes.getExplorationTasks() > 0 && purse.opens(Lane.EXPLORATION))
                || (lanes.getValueTasks() > 0 && purse.opens(Lane.VALUE));
    }

    private static String roundAfter(StateReader state, String pool) {
        QueueRound round = state.get(QueueKeys.round(pool), QueueRound.class);
        return round == null ? Search.FRONT : round.getWaitingAfter();
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof MatchingAdvanced advanced) {
            state.put(QueueKeys.round(advanced.getPool()), new QueueRound(advanced.getWaitingAfter()));
            for (MatchingLook look : advanced.getLooks()) {
                String key = QueueKeys.rater(advanced.getPool(), look.getRaterId());
                QueueRater rater = new QueueReader(state, advanced.getPool()).rater(look.getRaterId());
                state.put(
                        key,
                        QueueRater.newBuilder(rater)
                                .setQueueAfter(look.getQueueAfter())
                                .build());
            }
        }
    }
}
