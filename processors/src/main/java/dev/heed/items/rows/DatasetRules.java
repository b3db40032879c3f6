package dev.heed.items.rows;

import dev.heed.event.Dataset;
import dev.heed.journal.InteractionAccepted;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy's rules on which rows a dataset takes of those that judgments make. */
final class DatasetRules {
    private DatasetRules() {}

    /** The rule, or null for a dataset that takes all. */
    static @Nullable DatasetRule find(Policy policy, Dataset dataset) {
        for (DatasetRule each : policy.getDatasets()) {
            if (each.getDataset() == dataset) {
                return each;
            }
        }
        return null;
    }

    /** Whether an item on these slices may make rows of the dataset. */
    static boolean takes(Policy policy, Dataset dataset, InteractionAccepted interaction) {
        DatasetRule rule = find(policy, dataset);
        List<String> slices = interaction.getSlices();
        return rule == null
                || ((rule.getSlices().isEmpty() || slices.stream().anyMatch(rule.getSlices()::contains))
                        && slices.stream().noneMatch(rule.getSlicesOut()::contains));
    }

    /** Whether the standing of those who labelled matters. */
    static boolean mindsRaters(DatasetRule rule) {
        return rule.getMinActiveLabels() > 0 || !rule.getSuspendedLabels();
    }
}
