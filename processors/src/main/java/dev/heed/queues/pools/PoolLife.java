package dev.heed.queues.pools;

import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PoolOpened;
import dev.heed.fact.TaskLeft;
import dev.heed.fact.WaitEnded;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.TaskWanted;
import dev.heed.journal.Tick;
import dev.heed.policy.Pool;
import dev.heed.queues.InPolicy;
import dev.heed.queues.PoolShares;
import dev.heed.queues.Pools;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueLanes;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueTaskRef;
import dev.heed.state.QueueWaiting;
import org.apache.avro.specific.SpecificRecord;

/**
 * A pool from its first event in this partition until a policy no longer has it: then its tasks leave, some at each
 * tick, and leases run out. Should a later policy have it again, it goes on where it stopped.
 */
public final class PoolLife implements Feature {
    /** Most tasks, and most waiting raters, that one tick lets go of. */
    static final int MAX_LEAVING_PER_TICK = 256;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick && step.hasPolicy()) {
            for (String name : Pools.names(step.state())) {
                keepWithinPolicy(step, name);
            }
        } else if (step.event() instanceof TaskWanted wanted) {
            openIfNew(step, wanted.getPool());
        } else if (step.event() instanceof ActionAccepted action) {
            if (action.getRequestTasks() != null) {
                openIfNew(step, action.getRequestTasks().getPool());
            } else if (action.getReleaseTask() == null) {
                refuseForeign(step, action);
            }
        }
    }

    private static void refuseForeign(Step step, ActionAccepted action) {
        boolean known = action.getAcknowledge() != null
                || action.getResolve() != null
                || action.getAppeal() != null
                || action.getSeal() != null
                || action.getOverride() != null
                || action.getGold() != null;
        if (!known) {
            throw new NotUpgraded("action " + action.getEventId() + " asks what this version does not know");
        }
        step.refuse("wrong_target", "the action is not for a pool (expected: a request for tasks or a release)");
    }

    private static void openIfNew(Step step, String name) {
        Pool pool = InPolicy.pool(step.policy(), name);
        if (pool != null && !new QueueReader(step.state(), name).exists()) {
            PoolShares shares = PoolShares.of(pool);
            step.emit(new PoolOpened(
                    name, shares.valueRoomMicros(), shares.explorationRoomMicros(), pool.getMinPriceMicros()));
        }
    }

    private static void keepWithinPolicy(Step step, String name) {
        Pool pool = InPolicy.pool(step.policy(), name);
        if (pool == null) {
            letAllGo(step, name);
            return;
        }
        PoolShares shares = PoolShares.of(pool);
        QueueLanes lanes = new QueueReader(step.state(), name).lanes();
        int over = lanes.getCriticalTasks() + lanes.getValueTasks() - shares.valueTasks();
        letGo(step, name, QueueKeys.evictionPlaces(name), over, "full");
        // By hash, as everything in exploration: which ones leave says nothing of their value.
        int exploringOver = lanes.getExplorationTasks() - shares.explorationTasks();
        letGo(step, name, QueueKeys.places(name, Lane.EXPLORATION), exploringOver, "full");
    }

    private static void letAllGo(Step step, String name) {
        letGo(step, name, QueueKeys.places(name), Integer.MAX_VALUE, "pool_removed");
        for (StateReader.Entry<QueueWaiting> waiting :
                step.state().withPrefix(QueueKeys.waitings(name), QueueWaiting.class, MAX_LEAVING_PER_TICK)) {
            step.emit(new WaitEnded(name, waiting.value().getRaterId(), "pool_removed"));
        }
    }

    private static void letGo(Step step, String name, String prefix, int tooMany, String reason) {
        if (tooMany <= 0) {
            return;
        }
        QueueReader queue = new QueueReader(step.state(), name);
        int most = Math.min(tooMany, MAX_LEAVING_PER_TICK);
        for (StateReader.Entry<QueueTaskRef> entry : step.state().withPrefix(prefix, QueueTaskRef.class, most)) {
            QueueTask task = queue.task(entry.value());
            step.emit(new TaskLeft(
                    entry.value().getInteractionId(),
                    entry.value().getQuestionId(),
                    reason,
                    name,
                    task.getWanted().getRequest()));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PoolOpened opened) {
            state.put(QueueKeys.lanes(opened.getPool()), new QueueLanes(0, 0, 0, 0L, 0L, 0));
        }
    }
}
