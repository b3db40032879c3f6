package dev.heed.items.rows;

import dev.heed.journal.Part;
import org.jspecify.annotations.Nullable;

/**
 * What a row is made of besides the prompt.
 *
 * @param chosen the chosen or only answer
 * @param rejected the other answer of a preference
 * @param good the mark of a single answer
 */
record Answers(
        Part chosen, @Nullable Part rejected, @Nullable Boolean good) {}
