package dev.heed.runner.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * One label of a label file.
 *
 * @param line the line of the file it stands on, from 1
 * @param gold the true label of the item, for scoring only; null when the file does not say
 */
record LabelRow(
        int line,
        String item,
        String worker,
        String label,
        @Nullable String gold) {}
