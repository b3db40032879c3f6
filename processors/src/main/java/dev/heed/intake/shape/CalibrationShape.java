package dev.heed.intake.shape;

import dev.heed.policy.Calibration;
import dev.heed.policy.Question;

/** The shape of what a question says of calibration, if it says anything. */
final class CalibrationShape {
    private static final long LEAST_ERROR_MICROS = 1_000;
    // With less to hold on to, one label would make its opposite next to impossible.
    private static final long LEAST_STRENGTH_MICROS = 10_000;
    private static final int MAX_REPAIRS = 8;

    private final Question question;
    private final Problems problems;

    CalibrationShape(Question question, Problems problems) {
        this.question = question;
        this.problems = problems;
    }

    void check(String path) {
        Calibration calibration = question.getCalibration();
        if (calibration == null) {
            return;
        }
        // A prior rater no better than chance says nothing, and a worse one makes classes change their names.
        problems.micros(
                path + "prior_accuracy",
                calibration.getPriorAccuracyMicros(),
                Limits.ONE_MICROS / Math.max(2, question.getClasses().size()) + 1,
                Limits.ONE_MICROS - LEAST_ERROR_MICROS);
        problems.micros(
                path + "prior_items", calibration.getPriorItemsMicros(), LEAST_STRENGTH_MICROS, Limits.LOSS_MICROS);
        problems.micros(
                path + "accuracy_labels",
                calibration.getAccuracyLabelsMicros(),
                LEAST_STRENGTH_MICROS,
                Limits.LOSS_MICROS);
        problems.micros(
                path + "row_labels", calibration.getRowLabelsMicros(), LEAST_STRENGTH_MICROS, Limits.LOSS_MICROS);
        problems.between(path + "repairs_per_label", calibration.getRepairsPerLabel(), 0, MAX_REPAIRS);
        problems.micros(path + "tolerance", calibration.getToleranceMicros(), 1, Limits.ONE_MICROS);
        problems.between(path + "rubric_items_per_tick", calibration.getRubricItemsPerTick(), 1, Limits.RUBRIC_ITEMS);
        reconcile(path, calibration);
    }

    private void reconcile(String path, Calibration calibration) {
        problems.between(
                path + "reconcile_items_per_tick", calibration.getReconcileItemsPerTick(), 1, Limits.RECONCILE_ITEMS);
        problems.micros(path + "reconcile_tolerance", calibration.getReconcileToleranceMicros(), 1, Limits.ONE_MICROS);
        problems.between(
                path + "reconcile_most_passes", calibration.getReconcileMostPasses(), 1, Limits.RECONCILE_PASSES);
        problems.duration(path + "reconcile_interval", calibration.getReconcileIntervalMs(), 0);
    }
}
