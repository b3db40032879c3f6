package dev.heed.calibration.reconcile;

import dev.heed.core.State;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ReconcileAdvanced;
import dev.heed.fact.ReconcileFinished;
import dev.heed.fact.ReconcileStarted;
import dev.heed.state.ReconcileCursor;
import dev.heed.state.Reconciled;
import java.util.Objects;

/** How far a reconcile run has come, and what moved meanwhile. */
final class Progress {
    private Progress() {}

    static void started(State state, FactHeader header, ReconcileStarted fact) {
        // The first pass begins with the next tick.
        state.put(
                ReconcileKeys.run(fact.getQuestionId()),
                new ReconcileCursor(fact.getRequestId(), 0, "", 0L, true, false, 0L, header.getPolicyVersion()));
    }

    static void advanced(State state, FactHeader header, ReconcileAdvanced fact) {
        String key = ReconcileKeys.run(fact.getQuestionId());
        ReconcileCursor before = Objects.requireNonNull(state.get(key, ReconcileCursor.class));
        boolean samePass = fact.getPass() == before.getPass();
        state.put(
                key,
                new ReconcileCursor(
                        before.getRequestId(),
                        fact.getPass(),
                        fact.getLastInteractionId(),
                        before.getItems() + fact.getItems(),
                        fact.getEndsPass(),
                        samePass && before.getMoved(),
                        samePass ? before.getMovedMicros() : 0L,
                        samePass ? before.getPolicyVersion() : header.getPolicyVersion()));
    }

    static void finished(State state, FactHeader header, ReconcileFinished fact) {
        state.delete(ReconcileKeys.run(fact.getQuestionId()));
        state.put(
                ReconcileKeys.reconciled(fact.getQuestionId()),
                new Reconciled(header.getTimeMs(), header.getPolicyVersion(), fact.getConverged()));
    }

    /** Whatever moves, counts move with it, so items that were compared already may have to move as well. */
    static void moved(State state, BeliefMove move) {
        String runKey = ReconcileKeys.run(move.getQuestionId());
        ReconcileCursor run = state.get(runKey, ReconcileCursor.class);
        if (run != null) {
            if (!run.getMoved() || move.getMovedMicros() > run.getMovedMicros()) {
                state.put(
                        runKey,
                        ReconcileCursor.newBuilder(run)
                                .setMoved(true)
                                .setMovedMicros(Math.max(run.getMovedMicros(), move.getMovedMicros()))
                                .build());
            }
            return;
        }
        String key = ReconcileKeys.reconciled(move.getQuestionId());
        Reconciled last = state.get(key, Reconciled.class);
        if (last != null && last.getAtRest()) {
            state.put(key, new Reconciled(last.getFinishedAtMs(), last.getPolicyVersion(), false));
        }
    }
}
