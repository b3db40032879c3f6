package dev.heed.calibration.alerts;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.fact.DriftFound;
import dev.heed.fact.FactHeader;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.SliceAlert;
import dev.heed.math.Micros;
import dev.heed.out.DriftDetected;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes alarms public, and tells the stages that act on them: items, whose exposure they raise, and gates, which they
 * keep from passing. An alert from outside the loop goes the same way, if the policy watches for it.
 */
public final class AlertsFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof SignalAccepted signal) {
            Outside.decide(step, signal);
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof DriftFound found && found.getDrift().getKind() == DriftKind.EXTERNAL) {
            Outside.found(state, found);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (!(fact instanceof DriftFound found)) {
            return;
        }
        DriftDetected drift = found.getDrift();
        out.send(Channel.DRIFT, drift.getQuestionId(), drift);
        SliceAlert alert = alert(drift);
        // A rater's drift raises no item's exposure: it is the rater who is to be looked at.
        if (drift.getExposureFactorMicros() > Micros.ONE && drift.getDimension() != Dimension.RATER) {
            ItemsEvent event = new ItemsEvent();
            event.setAlert(alert);
            out.multicast(Channel.ITEMS_JOURNAL, drift.getAlertId(), event);
        }
        if (drift.getBlocksGates()) {
            GatesEvent event = new GatesEvent();
            event.setAlert(alert);
            out.multicast(Channel.GATES_JOURNAL, drift.getAlertId(), event);
        }
    }

    private static SliceAlert alert(DriftDetected drift) {
        return new SliceAlert(
                drift.getAlertId(),
                drift.getQuestionId(),
                drift.getKind(),
                drift.getDimension(),
                drift.getSubject(),
                drift.getSlices(),
                drift.getExposureFactorMicros(),
                drift.getUntilMs(),
                drift.getBlocksGates());
    }
}
