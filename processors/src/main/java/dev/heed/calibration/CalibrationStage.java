package dev.heed.calibration;

import dev.heed.calibration.agreement.AgreementFeature;
import dev.heed.calibration.alerts.AlertsFeature;
import dev.heed.calibration.drift.DriftFeature;
import dev.heed.calibration.labels.LabelsFeature;
import dev.heed.calibration.models.ModelsFeature;
import dev.heed.calibration.pressures.PressuresFeature;
import dev.heed.calibration.raters.RatersFeature;
import dev.heed.calibration.rates.RatesFeature;
import dev.heed.calibration.reconcile.ReconcileFeature;
import dev.heed.calibration.rubrics.RubricsFeature;
import dev.heed.calibration.standing.StandingFeature;
import dev.heed.calibration.suspension.HeldItems;
import dev.heed.calibration.suspension.SuspensionFeature;
import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.event.RaterProfile;
import dev.heed.fact.CalibrationFact;
import dev.heed.journal.CalibrationEvent;
import java.util.List;
import java.util.Set;

/** The calibration stage: labels in; beliefs, rater models and agreement out. Its journal's key is the question. */
public final class CalibrationStage {
    private static final int HIGHEST_LEVEL = 1;

    private CalibrationStage() {}

    public static Stage create() {
        return new Stage(
                "calibration",
                Channel.CALIBRATION_JOURNAL,
                CalibrationEvent.getClassSchema(),
                Channel.CALIBRATION_FACTS,
                CalibrationFact.getClassSchema(),
                HIGHEST_LEVEL,
                Set.of(RaterProfile.class),
                // Before the labels stands what compares what an item will hold with what it held, behind them what
                // scores what it holds.
                List.of(
                        new RatersFeature(),
                        new AgreementFeature(),
                        new ModelsFeature(),
                        new DriftFeature(),
                        new PressuresFeature(),
                        new AlertsFeature(),
                        new HeldItems(),
                        new LabelsFeature(),
                        new RubricsFeature(),
                        new StandingFeature(),
                        new SuspensionFeature(),
                        new RatesFeature(),
                        // It follows from what labels decided.
                        new ReconcileFeature()));
    }
}
