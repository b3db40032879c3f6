package dev.heed.subjects;

import dev.heed.core.Keys;

/** Where the consent ledger keeps its state. */
public final class SubjectKeys {
    private SubjectKeys() {}

    /** A {@link dev.heed.state.SubjectConsent}. */
    public static String consent(String subject) {
        return Keys.of("consent", subject);
    }

    /** An {@link dev.heed.state.IndexedInteraction}. */
    public static String interaction(String subject, String interactionId) {
        return Keys.of("interaction", subject, interactionId);
    }

    /** Prefix of a subject's index. */
    public static String interactions(String subject) {
        return Keys.prefix("interaction", subject);
    }

    /** A {@link dev.heed.state.FanOutCursor}. */
    public static String fanOut(String subject) {
        return Keys.of("fan-out", subject);
    }

    /** A {@link dev.heed.state.FanOutTurn}. */
    public static String turn(long offset, String subject) {
        return Keys.of("turn", Keys.ascending(offset), subject);
    }

    public static String turns() {
        return Keys.prefix("turn");
    }
}
