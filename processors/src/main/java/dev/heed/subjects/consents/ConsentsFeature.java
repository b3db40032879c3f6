package dev.heed.subjects.consents;

import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.fact.ConsentRecorded;
import dev.heed.fact.FactHeader;
import dev.heed.journal.ConsentAccepted;
import dev.heed.state.SubjectConsent;
import dev.heed.subjects.Ledger;
import dev.heed.subjects.SubjectKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Takes what subjects say, in the order in which it arrives: each consent or withdrawal is a new epoch, and what it does
 * not mention stays as it was. An erasure withdraws everything.
 */
public final class ConsentsFeature implements Feature {
    /** Most consents that a subject's ledger remembers by id. */
    static final int MAX_RECENT = 64;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof ConsentAccepted consent) {
            requireKnown(consent);
            SubjectConsent before = Ledger.consent(step.state(), consent.getSubject());
            if (before.getRecentEventIds().contains(consent.getEventId())) {
                step.ignoreDuplicate();
            } else if (consent.getScopes().isEmpty() != (consent.getKind() == ConsentKind.ERASE)) {
                step.refuse(
                        "scopes_wrong",
                        "scopes: " + consent.getScopes()
                                + " (expected: at least one of REVIEW, TRAIN, RETAIN; none for an erasure)");
            } else {
                step.emit(new ConsentRecorded(consent, before.getEpoch() + 1));
            }
        }
    }

    private static void requireKnown(ConsentAccepted consent) {
        if (consent.getKind() == ConsentKind.UNKNOWN || consent.getScopes().contains(ConsentScope.UNKNOWN)) {
            throw new NotUpgraded("consent " + consent.getEventId()
                    + " is of a kind or scope this version does not know: " + consent);
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof ConsentRecorded recorded) {
            ConsentAccepted said = recorded.getConsent();
            SubjectConsent before = Ledger.consent(state, said.getSubject());
            state.put(
                    SubjectKeys.consent(said.getSubject()),
                    new SubjectConsent(
                            recorded.getEpoch(),
                            after(said, ConsentScope.REVIEW, before.getReview()),
                            after(said, ConsentScope.TRAIN, before.getTrain()),
                            after(said, ConsentScope.RETAIN, before.getRetain()),
                            remembered(before.getRecentEventIds(), said.getEventId()),
                            keptFrom(said, before, recorded.getEpoch())));
        }
    }

    private static boolean after(ConsentAccepted said, ConsentScope scope, boolean before) {
        boolean meant = said.getKind() == ConsentKind.ERASE || said.getScopes().contains(scope);
        return meant ? said.getKind() == ConsentKind.GRANT : before;
    }

    /** Where keeping begins anew, what came before stays gone. */
    private static long keptFrom(ConsentAccepted said, SubjectConsent before, long epoch) {
        boolean anew = !before.getRetain() && after(said, ConsentScope.RETAIN, false);
        return anew ? epoch : before.getKeptFromEpoch();
    }

    private static List<String> remembered(List<String> before, String eventId) {
        List<String> ids = new ArrayList<>(before);
        ids.add(eventId);
        return List.copyOf(ids.subList(Math.max(0, ids.size() - MAX_RECENT), ids.size()));
    }
}
