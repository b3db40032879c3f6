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

    /** An {@link dev.heed.state.OpenFanOut}, in the order in which they began. */
    public static String openFanOut(long startedOffset, String subject) {
        return Keys.of("open-fan-out", Keys.ascending(startedOffset), subject);
    }

    /** The first part of such a key, as a number. */
    public static long startedOffset(String openFanOut) {
        return Long.parseLong(Keys.parts(openFanOut)[1], 16);
    }

    public static String openFanOuts() {
        return Keys.prefix("open-fan-out");
    }

    /** A {@link dev.heed.state.HeldSeal}, in the order of the journal. */
    public static String heldSeal(long offset) {
        return Keys.of("seal", Keys.ascending(offset));
    }

    public static String heldSeals() {
        return Keys.prefix("seal");
    }
}
