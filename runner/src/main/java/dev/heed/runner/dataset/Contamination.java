package dev.heed.runner.dataset;

import dev.heed.event.Split;
import dev.heed.out.Delta;
import java.util.stream.Stream;

/**
 * Prompts that stand on both sides of the split.
 *
 * @param clusters the clusters of prompts
 * @param trainingRows the training rows they have
 */
public record Contamination(int clusters, int trainingRows) {
    private static final byte[] HELD_OUT = {0};
    private static final byte[] BOTH = {1};

    static Contamination of(StoredRows rows, SortedStore.Table clusters) {
        try (Stream<Delta> all = rows.rows()) {
            all.filter(row -> row.getSplit() == Split.HOLDOUT)
                    .forEach(row -> clusters.put(row.getPromptCluster(), HELD_OUT));
        }
        int[] found = {0, 0};
        try (Stream<Delta> all = rows.rows()) {
            all.filter(row -> row.getSplit() == Split.TRAIN).forEach(row -> {
                byte[] cluster = clusters.get(row.getPromptCluster());
                if (cluster != null) {
                    found[1]++;
                    if (cluster[0] == HELD_OUT[0]) {
                        found[0]++;
                        clusters.put(row.getPromptCluster(), BOTH);
                    }
                }
            });
        }
        return new Contamination(found[0], found[1]);
    }
}
