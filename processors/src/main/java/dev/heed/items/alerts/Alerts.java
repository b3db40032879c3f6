package dev.heed.items.alerts;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.StandingAlerts;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.SignalKind;
import dev.heed.fact.FactHeader;
import dev.heed.fact.OutsideAlert;
import dev.heed.fact.SignalRecorded;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.SignalAccepted;
import org.apache.avro.specific.SpecificRecord;

/**
 * Holds the alerts that raise exposure. What a monitor outside the loop says of a slice goes to calibration, which
 * speaks for the policy and tells every partition.
 */
public final class Alerts implements Feature {
    @Override
    public void decide(Step step) {
        StandingAlerts.decide(step);
        for (SignalRecorded recorded : step.facts(SignalRecorded.class)) {
            SignalAccepted signal = recorded.getSignal();
            if (signal.getKind() == SignalKind.DRIFT_ALERT && signal.getSlice() != null) {
                step.emit(new OutsideAlert(signal));
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        StandingAlerts.apply(state, fact);
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof OutsideAlert outside) {
            SignalAccepted signal = outside.getSignal();
            CalibrationEvent event = new CalibrationEvent();
            event.setOutsideAlert(signal);
            String key = signal.getQuestionId() == null ? signal.getSlice() : signal.getQuestionId();
            out.send(Channel.CALIBRATION_JOURNAL, key, event);
        }
    }
}
