package dev.heed.calibration.reconcile;

import dev.heed.core.Keys;

/** Where reconciling keeps its state. */
final class ReconcileKeys {
    private ReconcileKeys() {}

    /** A {@link dev.heed.state.RepairCursor}. */
    static String repair(String questionId) {
        return Keys.of("repair", questionId);
    }

    /** A {@link dev.heed.state.ReconcileCursor}, while a run goes on. */
    static String run(String questionId) {
        return Keys.of("reconcile", questionId);
    }

    static String runs() {
        return Keys.prefix("reconcile");
    }

    /** A {@link dev.heed.state.Reconciled}, once a run has ended. */
    static String reconciled(String questionId) {
        return Keys.of("reconciled", questionId);
    }
}
