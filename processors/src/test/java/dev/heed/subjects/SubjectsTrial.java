package dev.heed.subjects;

import dev.heed.StageTrial;
import dev.heed.core.Channel;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.fact.ConsentDecided;
import dev.heed.journal.ConsentAccepted;
import dev.heed.journal.InteractionRegistered;
import dev.heed.journal.ItemsEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** A subjects stage, spoken to in the words of a story. */
final class SubjectsTrial {
    private final StageTrial trial = new StageTrial(SubjectsStage.create());
    private int consents;

    StageTrial stage() {
        return trial;
    }

    List<SpecificRecord> register(String subject, String interactionId) {
        return trial.sendPublic(subject, new InteractionRegistered("e-" + interactionId, interactionId, subject));
    }

    List<SpecificRecord> grant(String subject, ConsentScope... scopes) {
        return say(subject, "consent-" + consents++, ConsentKind.GRANT, scopes);
    }

    List<SpecificRecord> withdraw(String subject, ConsentScope... scopes) {
        return say(subject, "consent-" + consents++, ConsentKind.WITHDRAW, scopes);
    }

    List<SpecificRecord> say(String subject, String eventId, ConsentKind kind, ConsentScope... scopes) {
        return trial.sendPublic(subject, new ConsentAccepted(eventId, subject, kind, List.of(scopes), 0L, ""));
    }

    /** What the items were told, in order. */
    List<ConsentDecided> told() {
        return trial.sent(Channel.ITEMS_JOURNAL).stream()
                .map(sent -> ((ItemsEvent) Objects.requireNonNull(sent.value())).getConsent())
                .toList();
    }

    /** What an item believes: the highest epoch wins. */
    ConsentDecided of(String interactionId) {
        ConsentDecided highest = null;
        for (ConsentDecided decided : new ArrayList<>(told())) {
            if (decided.getInteractionId().equals(interactionId)
                    && (highest == null || decided.getEpoch() >= highest.getEpoch())) {
                highest = decided;
            }
        }
        return Objects.requireNonNull(highest, interactionId + " was told nothing");
    }
}
