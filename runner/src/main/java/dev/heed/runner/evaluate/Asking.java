package dev.heed.runner.evaluate;

import java.util.Map;

/** A way of spending labels on a study, one after the other. */
interface Asking {
    /** Asks for one more label; false when no more is worth asking for. */
    boolean next();

    /** Labels asked for so far. */
    int asked();

    /** The answer of each item, as things stand. */
    Map<String, String> answers();
}
