package dev.heed.items.rows;

import dev.heed.fact.Proposal;
import dev.heed.journal.Part;
import org.jspecify.annotations.Nullable;

/**
 * What a row is made of besides the prompt.
 *
 * @param chosen the chosen or only answer
 * @param rejected the other answer of a preference
 * @param critique what is said of the answer
 * @param good the mark of a single answer
 * @param name what tells rows of one judgment and dataset apart; empty where there is one
 * @param beliefMicros belief in what the row says, in micros
 * @param proposal the proposal that it holds, if any
 */
record Answers(
        Part chosen,
        @Nullable Part rejected,
        @Nullable Part critique,
        @Nullable Boolean good,
        String name,
        long beliefMicros,
        @Nullable Proposal proposal) {

    static Answers single(Part answer, @Nullable Boolean good, long beliefMicros) {
        return new Answers(answer, null, null, good, "", beliefMicros, null);
    }

    static Answers pair(Part chosen, Part rejected, String name, long beliefMicros) {
        return new Answers(chosen, rejected, null, null, name, beliefMicros, null);
    }
}
