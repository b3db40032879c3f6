package dev.heed.items.rows;

import dev.heed.core.DatasetRules;
import dev.heed.event.Dataset;
import dev.heed.event.RaterKind;
import dev.heed.event.Split;
import dev.heed.fact.ConsentDecided;
import dev.heed.math.KeyedHash;
import dev.heed.math.Micros;
import dev.heed.out.Judgment;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a judgment makes: a pure function of the judgment, the question's rules, the datasets' slices and the
 * subject's consent. None without a grant to train, none for gold, none of a judgment whose rubric was superseded, and none that no person's
 * label stands behind.
 */
final class RowLaw {
    private static final String SPLIT = "holdout";

    private final byte[] seed;

    RowLaw(byte[] seed) {
        this.seed = seed.clone();
    }

    /** The rows that are to stand. */
    List<Row> wanted(Policy policy, @Nullable Question question, Item item, ItemQuestion held) {
        Judgment judgment = held.getJudgment();
        ConsentDecided consent = item.getConsent();
        if (question == null
                || judgment == null
                || consent == null
                || !consent.getTrain()
                || judgment.getSuperseded()
                || isGold(held)
                || !hasPerson(judgment)) {
            return List.of();
        }
        Split split = split(policy, item);
        List<Row> rows = new ArrayList<>();
        leastBeliefs(question, judgment)
                .forEach((dataset, leastMicros) -> RowTexts.of(dataset, question, item, held, judgment).stream()
                        .filter(answers -> answers.beliefMicros() >= leastMicros)
                        .forEach(answers -> rows.add(new Row(dataset, item, judgment, consent, split, answers))));
        rows.removeIf(row ->
                !DatasetRules.takes(policy, row.dataset(), item.getInteraction().getSlices()));
        return rows;
    }

    /** Whether the answer is known, so that it is served to test raters and must not train. */
    static boolean isGold(ItemQuestion held) {
        return held.getGoldClass() != null;
    }

    private static boolean hasPerson(Judgment judgment) {
        return judgment.getLabels().stream().anyMatch(label -> label.getRaterKind() == RaterKind.HUMAN);
    }

    /** The datasets of the rules that the judged class meets, each with the least belief that a row of it needs. */
    private static Map<Dataset, Long> leastBeliefs(Question question, Judgment judgment) {
        Map<Dataset, Long> least = new EnumMap<>(Dataset.class);
        for (RowRule rule : question.getRows()) {
            if (rule.getClasses().isEmpty() || rule.getClasses().contains(judgment.getClassName())) {
                least.merge(rule.getDataset(), rule.getMinBeliefMicros(), Math::min);
            }
        }
        return least;
    }

    /** The side of the prompt's cluster, so that like prompts never stand on both sides. */
    private Split split(Policy policy, Item item) {
        double u = KeyedHash.unit(seed, SPLIT, item.getInteraction().getPromptCluster());
        return u < Micros.toDouble(policy.getHoldoutMicros()) ? Split.HOLDOUT : Split.TRAIN;
    }
}
