package dev.heed.subjects.registration;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.FactHeader;
import dev.heed.fact.InteractionIndexed;
import dev.heed.journal.InteractionRegistered;
import dev.heed.journal.ItemsEvent;
import dev.heed.state.IndexedInteraction;
import dev.heed.state.SubjectConsent;
import dev.heed.subjects.Ledger;
import dev.heed.subjects.SubjectKeys;
import org.apache.avro.specific.SpecificRecord;

/** Enters an interaction into its subject's index and tells it what the subject allows now. */
public final class RegistrationFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof InteractionRegistered registered) {
            String subject = registered.getSubject();
            String interactionId = registered.getInteractionId();
            if (step.state().get(SubjectKeys.interaction(subject, interactionId), IndexedInteraction.class) != null) {
                step.ignoreDuplicate();
                return;
            }
            SubjectConsent consent = Ledger.consent(step.state(), subject);
            step.emit(new InteractionIndexed(interactionId, subject, consent.getEpoch()));
            step.emit(Ledger.decided(consent, subject, interactionId, consent.getEpoch()));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof InteractionIndexed indexed) {
            state.put(
                    SubjectKeys.interaction(indexed.getSubject(), indexed.getInteractionId()),
                    new IndexedInteraction(indexed.getEpoch()));
        }
    }

    /** Every decision goes to its item, whichever feature took it. */
    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof ConsentDecided decided) {
            ItemsEvent event = new ItemsEvent();
            event.setConsent(decided);
            out.send(Channel.ITEMS_JOURNAL, decided.getInteractionId(), event);
        }
    }
}
