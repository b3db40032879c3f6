package dev.heed.topology;

import java.util.List;

/** Thrown at start when topics are not as the loop needs them, with everything that differs. */
public final class TopicsRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicsRefused(List<String> problems) {
        super("the topics are not as the loop needs them:\n  " + String.join("\n  ", problems));
    }
}
