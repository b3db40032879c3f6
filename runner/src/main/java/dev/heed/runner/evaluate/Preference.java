package dev.heed.runner.evaluate;

import java.util.List;

/**
 * Two answers and what people said of them.
 *
 * @param line the line of the file it stands on, from 1
 * @param first model of the first answer; empty when the file does not name models
 * @param votes for each person 1 for the first answer, 2 for the second, 0 for neither
 */
record Preference(int line, String first, String second, List<Integer> votes) {
    boolean namesModels() {
        return !first.isEmpty();
    }
}
