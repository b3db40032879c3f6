package dev.heed.calibration;

import dev.heed.calibration.agreement.AgreementFeature;
import dev.heed.calibration.alerts.AlertsFeature;
import dev.heed.calibration.drift.DriftFeature;
import dev.heed.calibration.labels.LabelsFeature;
import dev.heed.calibration.models.ModelsFeature;
import dev.heed.calibration.raters.RatersFeature;
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
                // Labels last: the others compare what an item will hold with what it held.
                List.of(
                        new RatersFeature(),
                        new AgreementFeature(),
                        new ModelsFeature(),
                        new DriftFeature(),
                        new AlertsFeature(),
                        new LabelsFeature()));
    }
}
