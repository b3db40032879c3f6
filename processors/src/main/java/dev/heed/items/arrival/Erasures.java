package dev.heed.items.arrival;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.FactHeader;
import dev.heed.fact.TextErased;
import dev.heed.items.Items;
import dev.heed.out.Erasure;
import dev.heed.state.Item;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Orders the texts of an item away when they may be kept no longer. What is decided about the item stays; a later grant
 * brings no text back.
 */
public final class Erasures implements Feature {
    @Override
    public void decide(Step step) {
        for (ConsentApplied applied : step.facts(ConsentApplied.class)) {
            ConsentDecided consent = applied.getConsent();
            Item item = Objects.requireNonNull(Items.find(step.state(), consent.getInteractionId()));
            if (consent.getErased() && !item.getErased()) {
                step.emit(new TextErased(consent.getInteractionId(), consent.getEpoch()));
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof TextErased erased) {
            Items.update(state, erased.getInteractionId(), item -> item.setErased(true));
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof TextErased erased) {
            out.send(
                    Channel.ERASURES,
                    erased.getInteractionId(),
                    new Erasure(erased.getInteractionId(), erased.getEpoch(), header.getTimeMs()));
        }
    }
}
