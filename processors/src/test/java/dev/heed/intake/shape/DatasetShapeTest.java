package dev.heed.intake.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Dataset;
import dev.heed.items.ItemsPolicies;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.RowSource;
import dev.heed.policy.SourceCap;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetShapeTest {
    @Test
    void aRuleMayLimitNothingOrAll() {
        assertThat(problems(
                        rule(Dataset.SFT).build(),
                        rule(Dataset.GUARDRAIL)
                                .setSlices(List.of("maths"))
                                .setSlicesOut(List.of("children"))
                                .setMinActiveLabels(2)
                                .setSuspendedLabels(false)
                                .setDuplicateBits(11)
                                .setSourceCaps(List.of(
                                        new SourceCap(RowSource.MODEL, 1), new SourceCap(RowSource.LANGUAGE, 9)))
                                .setClassBalance(new ClassBalance(List.of("ok", "violation"), 1_000_000L))
                                .build()))
                .isEmpty();
    }

    @Test
    void eachProblemIsNamed() {
        assertThat(problems(
                        rule(Dataset.GUARDRAIL)
                                .setSlices(List.of("maths", "maths"))
                                .setMinActiveLabels(-1)
                                .setDuplicateBits(12)
                                .setHoldoutBits(-1)
                                .setSourceCaps(
                                        List.of(new SourceCap(RowSource.SLICE, 0), new SourceCap(RowSource.SLICE, 5)))
                                .setClassBalance(new ClassBalance(List.of("A"), 900_000L))
                                .build(),
                        rule(Dataset.GUARDRAIL).build()))
                .containsExactly(
                        "datasets[0].slices[1]: maths (expected: no two alike)",
                        "datasets[0].min_active_labels: -1 (expected: 0 to 64)",
                        "datasets[0].duplicate_bits: 12 (expected: 0 to 11)",
                        "datasets[0].holdout_bits: -1 (expected: 0 to 11)",
                        "datasets[0].source_caps[0].max_rows: 0 (expected: 1 to 1000000000)",
                        "datasets[0].source_caps[1].source: SLICE (expected: one cap for each kind of source)",
                        "datasets[0].class_balance.max_ratio_micros: 900000 (expected: 1000000 to 1000000000)",
                        "datasets[0].class_balance.classes: 1 entries (expected: 2 to 64)",
                        "datasets[0].class_balance.classes[0]: A (expected: a class of a question that makes rows of"
                                + " the dataset, one of ok, violation)",
                        "datasets[1].dataset: GUARDRAIL (expected: one rule for each dataset)");
    }

    private static DatasetRule.Builder rule(Dataset dataset) {
        return DatasetRule.newBuilder().setDataset(dataset);
    }

    private static List<String> problems(DatasetRule... rules) {
        Problems problems = new Problems();
        new DatasetShape(ItemsPolicies.policy().setDatasets(List.of(rules)).build(), problems).check();
        return problems.list();
    }
}
