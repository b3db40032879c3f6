package dev.heed.calibration.alerts;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.fact.DriftFound;
import dev.heed.fact.FactHeader;
import org.apache.avro.specific.SpecificRecord;

/** Makes alarms public. */
public final class AlertsFeature implements Feature {
    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof DriftFound found) {
            out.send(Channel.DRIFT, found.getDrift().getQuestionId(), found.getDrift());
        }
    }
}
