package dev.heed.calibration.agreement;

import java.util.Locale;

/** How far two answers are apart. */
public enum Metric {
    /** All different answers alike. */
    NOMINAL,
    /** By the answers between them in the order of the classes. */
    ORDINAL,
    /** By the difference of the numbers. */
    INTERVAL;

    /** As it is published. */
    String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
