package dev.heed.items.slots;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LeaseCleared;
import dev.heed.fact.LeaseRefused;
import dev.heed.items.Consented;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** Takes the tasks of an item back that people may not review any more, also from those who are at work on them. */
public final class Withdrawals implements Feature {
    @Override
    public void decide(Step step) {
        for (ConsentApplied applied : step.facts(ConsentApplied.class)) {
            Item item = Objects.requireNonNull(
                    Items.find(step.state(), applied.getConsent().getInteractionId()));
            if (!Consented.mayReview(item)) {
                for (ItemQuestion held : item.getQuestions()) {
                    LabelRequests.cancel(step, applied.getConsent().getInteractionId(), held);
                    for (LeaseGranted lease : held.getLeases()) {
                        LeaseEnded ended = Leases.ended(lease, Leases.CONSENT_WITHDRAWN);
                        step.emit(new LeaseCleared(ended));
                        step.emit(new LeaseRefused(lease, ended));
                    }
                }
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        // Requests keep what was asked for.
    }
}
