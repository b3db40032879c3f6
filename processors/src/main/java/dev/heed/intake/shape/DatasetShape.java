package dev.heed.intake.shape;

import dev.heed.event.Dataset;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.SourceCap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The shape of a policy's rules on which rows its datasets take. */
final class DatasetShape {
    private static final int MAX_BITS = 11;
    private static final int MAX_ROWS = 1_000_000_000;
    private static final long MAX_RATIO_MICROS = 1_000 * Limits.ONE_MICROS;

    private final Policy policy;
    private final Problems problems;

    DatasetShape(Policy policy, Problems problems) {
        this.policy = policy;
        this.problems = problems;
    }

    void check() {
        List<DatasetRule> rules = policy.getDatasets();
        for (int i = 0; i < rules.size(); i++) {
            DatasetRule rule = rules.get(i);
            String path = "datasets[" + i + "].";
            problems.known(path + "dataset", rule.getDataset());
            boolean first = rules.subList(0, i).stream().noneMatch(other -> other.getDataset() == rule.getDataset());
            problems.check(first, path + "dataset", rule.getDataset(), "one rule for each dataset");
            problems.distinctIds(path + "slices", rule.getSlices(), 0, Limits.SLICES);
            problems.distinctIds(path + "slices_out", rule.getSlicesOut(), 0, Limits.SLICES);
            problems.between(path + "min_active_labels", rule.getMinActiveLabels(), 0, Limits.RATERS);
            if (rule.getDuplicateBits() != null) {
                problems.between(path + "duplicate_bits", rule.getDuplicateBits(), 0, MAX_BITS);
            }
            if (rule.getHoldoutBits() != null) {
                problems.between(path + "holdout_bits", rule.getHoldoutBits(), 0, MAX_BITS);
            }
            sources(path, rule.getSourceCaps());
            balance(path + "class_balance.", rule.getDataset(), rule.getClassBalance());
        }
    }

    private void sources(String path, List<SourceCap> caps) {
        for (int i = 0; i < caps.size(); i++) {
            SourceCap cap = caps.get(i);
            String at = path + "source_caps[" + i + "].";
            problems.known(at + "source", cap.getSource());
            problems.between(at + "max_rows", cap.getMaxRows(), 1, MAX_ROWS);
            boolean first = caps.subList(0, i).stream().noneMatch(other -> other.getSource() == cap.getSource());
            problems.check(first, at + "source", cap.getSource(), "one cap for each kind of source");
        }
    }

    private void balance(String path, Dataset dataset, @Nullable ClassBalance balance) {
        if (balance == null) {
            return;
        }
        problems.micros(path + "max_ratio", balance.getMaxRatioMicros(), Limits.ONE_MICROS, MAX_RATIO_MICROS);
        problems.distinctIds(path + "classes", balance.getClasses(), 2, Limits.CLASSES);
        Set<String> judged = judged(dataset);
        for (int i = 0; i < balance.getClasses().size(); i++) {
            problems.check(
                    judged.contains(balance.getClasses().get(i)),
                    path + "classes[" + i + "]",
                    balance.getClasses().get(i),
                    "a class of a question that makes rows of the dataset, one of " + String.join(", ", judged));
        }
    }

    /** The classes of questions with rows of the dataset. */
    private Set<String> judged(Dataset dataset) {
        Set<String> classes = new TreeSet<>();
        for (Question question : policy.getQuestions()) {
            if (question.getRows().stream().anyMatch(rule -> rule.getDataset() == dataset)) {
                classes.addAll(question.getClasses());
            }
        }
        return classes;
    }
}
