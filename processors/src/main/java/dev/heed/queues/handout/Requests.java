package dev.heed.queues.handout;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RequestTasks;
import dev.heed.fact.FactHeader;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.WaitEnded;
import dev.heed.fact.WorkAwaited;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.Tick;
import dev.heed.policy.Pool;
import dev.heed.queues.DueIndex;
import dev.heed.queues.InPolicy;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueWaiting;
import org.apache.avro.specific.SpecificRecord;

/** Raters' requests for work: each becomes a wish that stands until it is met or lapses; a new one takes its place. */
public final class Requests implements Feature {
    /** Most tasks one request may ask for. */
    static final int MAX_REQUESTED = 20;

    private static final String LAPSE = "wait";

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            for (DueIndex.Due due : DueIndex.due(step.state(), LAPSE, step.nowMs())) {
                step.emit(new WaitEnded(due.pool(), due.target(), "lapsed"));
            }
        } else if (step.event() instanceof ActionAccepted action && action.getRequestTasks() != null) {
            request(step, action, action.getRequestTasks());
        }
    }

    private static void request(Step step, ActionAccepted action, RequestTasks request) {
        QueueReader queue = new QueueReader(step.state(), request.getPool());
        if (queue.rater(request.getRaterId()).getEventIds().contains(action.getEventId())) {
            step.ignoreDuplicate();
            return;
        }
        Pool pool = InPolicy.pool(step.policy(), request.getPool());
        if (pool == null) {
            step.refuse(
                    "unknown_pool",
                    "pool " + request.getPool() + " (expected: one of policy "
                            + step.policy().getPolicyVersion() + ")");
            return;
        }
        RaterProfile profile = queue.profile(request.getRaterId());
        if (profile == null) {
            step.refuse(
                    "unknown_rater", "rater " + request.getRaterId() + " has no profile (expected: publish one first)");
            return;
        }
        if (!mayAsk(step, profile, request)) {
            return;
        }
        step.emit(new WorkAwaited(
                request.getPool(),
                request.getRaterId(),
                Math.min(Math.min(request.getCount(), MAX_REQUESTED), profile.getCapacity()),
                step.nowMs() + pool.getRequestTtlMs(),
                action.getEventId(),
                profile.getCapacity(),
                step.nowMs() + pool.getHorizonMs()));
    }

    private static boolean mayAsk(Step step, RaterProfile profile, RequestTasks request) {
        String rater = "rater " + request.getRaterId();
        if (profile.getKind() != RaterKind.HUMAN) {
            step.refuse("not_human", rater + " is a " + profile.getKind() + " (expected: HUMAN)");
        } else if (!profile.getActive()) {
            step.refuse("inactive_rater", rater + " has left (expected: an active profile)");
        } else if (!profile.getPools().contains(request.getPool())) {
            step.refuse(
                    "not_in_pool", rater + " serves " + profile.getPools() + " (expected: " + request.getPool() + ")");
        } else if (request.getCount() < 1) {
            step.refuse("bad_count", "count " + request.getCount() + " (expected: at least 1)");
        } else {
            return true;
        }
        return false;
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof WorkAwaited awaited) {
            await(state, header, awaited);
        } else if (fact instanceof TaskLeased leased) {
            String key = QueueKeys.rater(
                    leased.getLease().getPool(), leased.getLease().getRaterId());
            QueueRater rater =
                    rater(state, leased.getLease().getPool(), leased.getLease().getRaterId());
            state.put(
                    key,
                    QueueRater.newBuilder(rater)
                            .setWantedTasks(rater.getWantedTasks() - 1)
                            .setHandedOut(rater.getHandedOut() + 1)
                            .build());
        } else if (fact instanceof WaitEnded ended) {
            QueueRater rater = rater(state, ended.getPool(), ended.getRaterId());
            stopWaiting(state, ended.getPool(), ended.getRaterId(), rater);
            state.put(
                    QueueKeys.rater(ended.getPool(), ended.getRaterId()),
                    QueueRater.newBuilder(rater)
                            .setWantedTasks(0)
                            .setQueueAfter(Search.FRONT)
                            .build());
        }
    }

    private static void await(State state, FactHeader header, WorkAwaited awaited) {
        String pool = awaited.getPool();
        String raterId = awaited.getRaterId();
        QueueRater rater = rater(state, pool, raterId);
        boolean waits = rater.getWantedTasks() > 0;
        // Who asks again keeps the place in the line.
        long number = waits ? rater.getWaitingNumber() : header.getJournalOffset();
        if (waits) {
            stopWaiting(state, pool, raterId, rater);
        }
        state.put(QueueKeys.waiting(pool, number, raterId), new QueueWaiting(raterId));
        DueIndex.set(state, LAPSE, awaited.getUntilMs(), pool, raterId);
        state.put(
                QueueKeys.rater(pool, raterId),
                QueueRater.newBuilder(rater)
                        .setWantedTasks(awaited.getCount())
                        .setWaitingNumber(number)
                        .setWaitingUntilMs(awaited.getUntilMs())
                        .setEventIds(ActedOn.with(rater.getEventIds(), awaited.getEventId()))
                        .build());
    }

    private static void stopWaiting(State state, String pool, String raterId, QueueRater rater) {
        state.delete(QueueKeys.waiting(pool, rater.getWaitingNumber(), raterId));
        DueIndex.clear(state, LAPSE, rater.getWaitingUntilMs(), pool, raterId);
    }

    private static QueueRater rater(State state, String pool, String raterId) {
        return new QueueReader(state, pool).rater(raterId);
    }
}
