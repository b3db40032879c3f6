package dev.heed.items.rows;

import dev.heed.event.Dataset;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.event.Split;
import dev.heed.fact.ConsentDecided;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.Part;
import dev.heed.math.KeyedHash;
import dev.heed.math.Micros;
import dev.heed.out.Judgment;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a judgment makes: a pure function of the judgment, the question's rules and the subject's consent. None
 * without a grant to train, none for gold, and none that no person's label stands behind.
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
                || isGold(held)
                || !hasPerson(judgment)) {
            return List.of();
        }
        Split split = split(policy, item);
        List<Row> rows = new ArrayList<>();
        for (Dataset dataset : datasets(question, judgment)) {
            Answers answers = answers(dataset, question, item, judgment.getClassName());
            if (answers != null) {
                rows.add(new Row(dataset, item, judgment, consent, split, answers));
            }
        }
        return rows;
    }

    /** Whether the answer is known, so that it is served to test raters and must not train. */
    static boolean isGold(ItemQuestion held) {
        return held.getGoldClass() != null;
    }

    private static boolean hasPerson(Judgment judgment) {
        return judgment.getLabels().stream().anyMatch(label -> label.getRaterKind() == RaterKind.HUMAN);
    }

    /** The datasets of the rules that the judgment meets. */
    private static Set<Dataset> datasets(Question question, Judgment judgment) {
        Set<Dataset> datasets = EnumSet.noneOf(Dataset.class);
        for (RowRule rule : question.getRows()) {
            boolean classFits = rule.getClasses().isEmpty() || rule.getClasses().contains(judgment.getClassName());
            if (classFits && Row.beliefMicros(judgment) >= rule.getMinBeliefMicros()) {
                datasets.add(rule.getDataset());
            }
        }
        return datasets;
    }

    /** The text a row is made of besides the prompt, and its mark; null when the class makes no row of this shape. */
    private static @Nullable Answers answers(Dataset dataset, Question question, Item item, String className) {
        List<CandidateFeatures> candidates = item.getInteraction().getCandidates();
        boolean preference = question.getKind() == FeedbackKind.PREFERENCE;
        int place = question.getClasses().indexOf(className);
        int preferred = preference ? place : 0;
        boolean chosen = preferred >= 0 && preferred < Math.min(2, candidates.size());
        return switch (dataset) {
            case PREFERENCE ->
                preference && chosen && candidates.size() >= 2
                        ? new Answers(part(candidates, preferred), part(candidates, 1 - preferred), null)
                        : null;
            case SFT -> chosen ? new Answers(part(candidates, preferred), null, null) : null;
            case BINARY -> new Answers(part(candidates, 0), null, place == 0);
            case GUARDRAIL -> new Answers(part(candidates, 0), null, null);
            // A critique is text of a rater, which judgments do not carry.
            case CRITIQUE, UNKNOWN -> null;
        };
    }

    private static Part part(List<CandidateFeatures> candidates, int index) {
        return candidates.get(index).getPart();
    }

    /** The side of the prompt's cluster, so that like prompts never stand on both sides. */
    private Split split(Policy policy, Item item) {
        double u = KeyedHash.unit(seed, SPLIT, item.getInteraction().getPromptCluster());
        return u < Micros.toDouble(policy.getHoldoutMicros()) ? Split.HOLDOUT : Split.TRAIN;
    }
}
