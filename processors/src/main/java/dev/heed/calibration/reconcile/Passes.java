package dev.heed.calibration.reconcile;

import dev.heed.calibration.CalibrationPolicy;
import dev.heed.core.Keys;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.ReconcileAdvanced;
import dev.heed.fact.ReconcileFinished;
import dev.heed.journal.ItemReconsidered;
import dev.heed.policy.Calibration;
import dev.heed.state.ReconcileCursor;
import java.util.List;

/**
 * Passes over all items of a question, a bounded number of items per tick, until one pass moves nothing.
 *
 * <p>Each item is computed from the counts as its predecessors left them. When nothing changed in a whole pass, be it by
 * the run or by labels that came meanwhile, all items were compared with the same counts, and none would move now.
 */
final class Passes {
    /** Most items gone over per tick, whatever the policy: each is decided under the same journal record. */
    static final int MAX_ITEMS_PER_TICK = 500;
    /** Most runs that go on at one tick; the rest wait for those to end. */
    static final int MAX_RUNS_PER_TICK = 16;

    private Passes() {}

    static void decide(Step step) {
        int left = MAX_ITEMS_PER_TICK;
        for (StateReader.Entry<ReconcileCursor> run :
                step.state().withPrefix(ReconcileKeys.runs(), ReconcileCursor.class, MAX_RUNS_PER_TICK)) {
            if (left > 0) {
                left -= advance(step, Keys.lastPart(run.key()), run.value(), left);
            }
        }
    }

    /** Returns how many items it went over. */
    private static int advance(Step step, String questionId, ReconcileCursor run, int most) {
        Calibration calibration = CalibrationPolicy.of(step.policy(), questionId);
        if (!run.getEndsPass()) {
            return walk(step, questionId, run.getPass(), run.getLastInteractionId(), most, calibration);
        }
        boolean converged = run.getPass() > 0 && isQuiet(step, run);
        if (converged || run.getPass() >= calibration.getReconcileMostPasses()) {
            step.emit(new ReconcileFinished(
                    questionId, run.getRequestId(), run.getPass(), run.getItems(), run.getMovedMicros(), converged));
            return 0;
        }
        return walk(step, questionId, run.getPass() + 1, "", most, calibration);
    }

    /** A policy that came in the middle of a pass may have changed what every belief is computed from. */
    private static boolean isQuiet(Step step, ReconcileCursor run) {
        return !run.getMoved() && run.getPolicyVersion() == step.policy().getPolicyVersion();
    }

    private static int walk(Step step, String questionId, int pass, String after, int most, Calibration calibration) {
        int limit = Math.min(most, calibration.getReconcileItemsPerTick());
        List<String> items = Walk.next(step.state(), questionId, after, limit);
        String last = items.isEmpty() ? after : items.get(items.size() - 1);
        step.emit(new ReconcileAdvanced(questionId, pass, last, items.size(), items.size() < limit));
        for (String item : items) {
            step.thenDecide(new ItemReconsidered(questionId, item, calibration.getReconcileToleranceMicros()), null);
        }
        return items.size();
    }
}
