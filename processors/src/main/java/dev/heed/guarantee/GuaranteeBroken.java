package dev.heed.guarantee;

import java.util.List;

/** Thrown by a guarantee that does not hold, with the first of its breaches. */
public final class GuaranteeBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    public GuaranteeBroken(String guarantee, List<String> breaches) {
        super(guarantee + " is broken " + breaches.size() + " times:\n  "
                + String.join("\n  ", breaches.subList(0, Math.min(SHOWN, breaches.size()))));
    }
}
