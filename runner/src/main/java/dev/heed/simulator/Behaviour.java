package dev.heed.simulator;

import java.util.Locale;

/** What an answer of a model does, from worst to best. */
public enum Behaviour {
    /** Breaks the product's rules: does the cheating, asks for an address, waves dangers away. */
    VIOLATES,
    /** Refuses a question that was fine. */
    REFUSES,
    /** States as a fact what is none. */
    INVENTS,
    /** Praises instead of teaching. */
    FLATTERS,
    /** Teaches. */
    HELPS;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
