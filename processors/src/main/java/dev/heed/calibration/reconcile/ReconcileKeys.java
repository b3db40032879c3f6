package dev.heed.calibration.reconcile;

import dev.heed.core.Keys;

/** Where reconciling keeps its state. */
final class ReconcileKeys {
    private ReconcileKeys() {}

    /** A {@link dev.heed.state.RepairCursor}. */
    static String repair(String questionId) {
        return Keys.of("repair", questionId);
    }
}
