package dev.heed.subjects;

import dev.heed.core.StateReader;
import dev.heed.fact.ConsentDecided;
import dev.heed.state.SubjectConsent;
import java.util.List;

/** What a subject allows, and what follows for an interaction. */
public final class Ledger {
    /**
     * Of a subject who never said anything: people may review what the product did and it may be kept, for that is what
     * watching over the product takes, but no model trains on it. A withdrawal ends any of them.
     */
    private static final SubjectConsent SILENT = new SubjectConsent(0L, true, false, true, List.of(), 0L);

    private Ledger() {}

    public static SubjectConsent consent(StateReader state, String subject) {
        SubjectConsent said = state.get(SubjectKeys.consent(subject), SubjectConsent.class);
        return said == null ? SILENT : said;
    }

    /**
     * The decision on one interaction. What may not be kept may be neither reviewed nor trained on, and what was not to be
     * kept once is gone: a later grant is for what comes after it.
     *
     * @param registeredEpoch the subject's epoch when the interaction came
     */
    public static ConsentDecided decided(
            SubjectConsent consent, String subject, String interactionId, long registeredEpoch) {
        boolean kept = consent.getRetain() && registeredEpoch >= consent.getKeptFromEpoch();
        return new ConsentDecided(
                interactionId,
                subject,
                consent.getEpoch(),
                consent.getReview() && kept,
                consent.getTrain() && kept,
                kept,
                !kept);
    }
}
