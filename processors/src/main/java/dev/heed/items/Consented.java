package dev.heed.items;

import dev.heed.fact.ConsentDecided;
import dev.heed.state.Item;

/** What an item's subject allows, as far as the item has heard. */
public final class Consented {
    private Consented() {}

    /** Whether people may look at it: yes while nothing was said, for a withdrawal is told to each item. */
    public static boolean mayReview(Item item) {
        ConsentDecided consent = item.getConsent();
        return !item.getErased() && (consent == null || consent.getReview());
    }
}
