package dev.heed.items.arrival;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.FactHeader;
import dev.heed.items.Items;
import dev.heed.state.Item;
import org.apache.avro.specific.SpecificRecord;

/** Brings consent decisions to their item; the highest epoch wins, whatever the order they come in. */
public final class Consents implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof ConsentDecided consent)) {
            return;
        }
        Item item = Items.find(step.state(), consent.getInteractionId());
        if (item == null) {
            return; // Parking keeps it.
        }
        ConsentDecided held = item.getConsent();
        if (held == null || consent.getEpoch() > held.getEpoch()) {
            step.emit(new ConsentApplied(consent));
        } else {
            step.ignoreDuplicate();
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof ConsentApplied applied) {
            ConsentDecided consent = applied.getConsent();
            Items.update(state, consent.getInteractionId(), item -> item.setConsent(consent));
        }
    }
}
