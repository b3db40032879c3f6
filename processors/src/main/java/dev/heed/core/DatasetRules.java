package dev.heed.core;

import dev.heed.event.Dataset;
import dev.heed.journal.RowOffer;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.SourceCap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy's rules on which rows a dataset takes of those that judgments make. */
public final class DatasetRules {
    private DatasetRules() {}

    /** The rule, or null for a dataset that takes all. */
    public static @Nullable DatasetRule find(Policy policy, Dataset dataset) {
        for (DatasetRule each : policy.getDatasets()) {
            if (each.getDataset() == dataset) {
                return each;
            }
        }
        return null;
    }

    /** Whether an item on these slices may make rows of the dataset. */
    public static boolean takes(Policy policy, Dataset dataset, List<String> slices) {
        DatasetRule rule = find(policy, dataset);
        return rule == null
                || ((rule.getSlices().isEmpty() || slices.stream().anyMatch(rule.getSlices()::contains))
                        && slices.stream().noneMatch(rule.getSlicesOut()::contains));
    }

    /** Whether the standing of those who labelled matters. */
    public static boolean mindsRaters(DatasetRule rule) {
        return rule.getMinActiveLabels() > 0 || !rule.getSuspendedLabels();
    }

    /** Whether it matters to a row which other rows stand. */
    public static boolean countsRows(DatasetRule rule) {
        return mindsPrompts(rule) || !rule.getSourceCaps().isEmpty() || rule.getClassBalance() != null;
    }

    /** What of an offer the rule counts: no hash where prompts do not matter, sources with a cap, a class in balance. */
    public static RowOffer counted(DatasetRule rule, RowOffer offer) {
        ClassBalance balance = rule.getClassBalance();
        return Records.with(offer, counted -> {
            if (!mindsPrompts(rule)) {
                counted.setSimhash(0);
            }
            counted.setSources(offer.getSources().stream()
                    .filter(source -> rule.getSourceCaps().stream().anyMatch(cap -> isOf(source, cap)))
                    .toList());
            if (balance == null || !balance.getClasses().contains(offer.getClassName())) {
                counted.setClassName("");
            }
        });
    }

    /** Whether the cap is on sources of this one's kind. */
    public static boolean isOf(String source, SourceCap cap) {
        return source.startsWith(cap.getSource().name() + " ");
    }

    private static boolean mindsPrompts(DatasetRule rule) {
        return rule.getDuplicateBits() != null || rule.getHoldoutBits() != null;
    }
}
