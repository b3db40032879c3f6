package dev.heed.guarantee;

import java.util.List;

/** A promise of the loop that its logs must bear out. */
public interface Guarantee {
    /** Every way in which the logs break the promise, each with its evidence; empty when it holds. */
    List<String> breaches(LogView logs);

    /**
     * Checks the promise.
     *
     * @throws GuaranteeBroken when it does not hold
     */
    default void check(LogView logs) {
        List<String> breaches = breaches(logs);
        if (!breaches.isEmpty()) {
            throw new GuaranteeBroken(getClass().getSimpleName(), breaches);
        }
    }
}
