package dev.heed.gates.alerts;

import dev.heed.core.Feature;
import dev.heed.core.StandingAlerts;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import org.apache.avro.specific.SpecificRecord;

/** Holds the alerts that keep gates from passing. */
public final class AlertsFeature implements Feature {
    @Override
    public void decide(Step step) {
        StandingAlerts.decide(step);
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        StandingAlerts.apply(state, fact);
    }
}
