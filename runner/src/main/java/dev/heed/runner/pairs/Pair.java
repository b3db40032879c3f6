package dev.heed.runner.pairs;

import dev.heed.event.Message;
import java.util.List;

/**
 * Two answers to one prompt and what people said of them.
 *
 * @param prompt the conversation that both answer
 * @param votes for each person 1 for the first answer, 2 for the second, 0 for neither
 */
record Pair(List<Message> prompt, String first, String second, List<Integer> votes) {
    Pair {
        prompt = List.copyOf(prompt);
        votes = List.copyOf(votes);
    }
}
