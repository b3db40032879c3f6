package dev.heed.items.rows;

import dev.heed.journal.Part;
import org.jspecify.annotations.Nullable;

/**
 * What a row is made of besides the prompt.
 *
 * @param chosen the chosen or only answer
 * @param rejected the other answer of a preference
 * @param good the mark of a single answer
 * @param name what tells rows of one judgment and dataset apart; empty where there is one
 * @param beliefMicros belief in what the row says, in micros
 */
record Answers(
        Part chosen, @Nullable Part rejected, @Nullable Boolean good, String name, long beliefMicros) {}
