package dev.heed.items;

import dev.heed.core.StateReader;
import dev.heed.fact.ScoreParts;
import dev.heed.journal.InteractionAccepted;
import dev.heed.math.Belief;
import dev.heed.math.LabelValue;
import dev.heed.math.Micros;
import dev.heed.policy.AudienceFactor;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.ScoreSwitches;
import dev.heed.policy.SliceSeverity;
import dev.heed.state.Item;
import java.util.List;

/**
 * What a belief means for an item: its risk, and what one more label is worth. The same test decides on review, on
 * another rater and on a judgment: v · novelty ≥ cost + price, or what the question's policy puts in place of v · novelty.
 */
public final class Scores {
    // Micros of larger values would not fit a long.
    private static final double MOST = 9e12;

    private Scores() {}

    /**
     * The scores of a belief under the policy and price in force.
     *
     * @param q belief, in the order of the question's classes
     * @param nextRater matrix of the person who would label next
     * @param drawMicros the item's exploration draw
     * @param propensityMicros probability with which it came into its lane
     */
    public static ScoreParts of(
            StateReader state,
            Policy policy,
            Question question,
            Item item,
            double[] q,
            double[][] nextRater,
            long drawMicros,
            long propensityMicros) {
        ScoreSwitches switches = question.getScore();
        long exposureMicros = capped(Micros.toDouble(exposureMicros(policy, item.getInteraction()))
                * Micros.toDouble(Alerted.factorMicros(state, policy, question, item.getInteraction())));
        double exposure = Micros.toDouble(exposureMicros);
        LabelValue value = LabelValue.of(
                q, losses(question), switches.getExposure() ? exposure : 1, nextRater, lookAhead(question));
        double entropy = Belief.entropy(q);
        double margin = Belief.margin(q);
        double basis =
                switch (switches.getPriority()) {
                    case ENTROPY -> entropy;
                    case MARGIN -> 1 - margin;
                    case RISK -> value.risk();
                    case VALUE, UNKNOWN -> Micros.toDouble(capped(value.valuePerLabel()));
                };
        double novelty = switches.getNovelty() ? Micros.toDouble(item.getNoveltyMicros()) : 1;
        return new ScoreParts(
                Micros.of(entropy),
                Micros.of(margin),
                // What escalates is the whole risk, whatever counts in the queue.
                capped(switches.getExposure() ? value.risk() : value.risk() * exposure),
                exposureMicros,
                capped(value.valuePerLabel()),
                value.bestLabels(),
                item.getNoveltyMicros(),
                question.getLabelCostMicros(),
                Prices.micros(state, policy, question.getPool()),
                drawMicros,
                propensityMicros,
                capped(basis * novelty));
    }

    /** Those of a question that is answered by a text: nothing is at stake that a belief could tell. */
    public static ScoreParts ofText(StateReader state, Policy policy, Question question, Item item) {
        return ScoreParts.newBuilder()
                .setEntropyMicros(0)
                .setMarginMicros(0)
                .setRiskMicros(0)
                .setExposureMicros(exposureMicros(policy, item.getInteraction()))
                .setValueMicros(0)
                .setBestLabels(0)
                .setNoveltyMicros(item.getNoveltyMicros())
                .setCostMicros(question.getLabelCostMicros())
                .setPriceMicros(Prices.micros(state, policy, question.getPool()))
                .setExplorationDrawMicros(0)
                .setPropensityMicros(Micros.ONE)
                .build();
    }

    /** The action with the least expected loss. */
    public static String bestAction(Question question, double[] q) {
        int best = LabelValue.bestAction(q, losses(question));
        return question.getLoss().isEmpty()
                ? question.getClasses().get(best)
                : question.getLoss().get(best).getAction();
    }

    /** What an action loses beyond the best one, where the truth is known; 0 for an action that the question has not. */
    public static double regret(Question question, String action, String truth) {
        int truthIndex = question.getClasses().indexOf(truth);
        double[][] losses = losses(question);
        double taken = Double.NaN;
        double best = Double.POSITIVE_INFINITY;
        for (int a = 0; a < losses.length && truthIndex >= 0; a++) {
            String name = question.getLoss().isEmpty()
                    ? question.getClasses().get(a)
                    : question.getLoss().get(a).getAction();
            taken = name.equals(action) ? losses[a][truthIndex] : taken;
            best = Math.min(best, losses[a][truthIndex]);
        }
        return Double.isNaN(taken) ? 0 : taken - best;
    }

    /** What one more label is worth: v · novelty in micros of loss, unless the question's switches say otherwise. */
    public static long worthMicros(ScoreParts scores) {
        return scores.getWorthMicros();
    }

    /** What one more label costs: its cost and the pool's price, in micros of loss. */
    public static long askingMicros(ScoreParts scores) {
        return scores.getCostMicros() + scores.getPriceMicros();
    }

    /** Whether one more label is worth its cost and price. */
    public static boolean passes(ScoreParts scores) {
        return worthMicros(scores) >= askingMicros(scores);
    }

    /**
     * e: people affected times the largest severity and the largest audience factor that apply, each 1 where none does,
     * up to the policy's cap; in micros.
     */
    static long exposureMicros(Policy policy, InteractionAccepted interaction) {
        long severity = -1;
        for (SliceSeverity each : policy.getSeverities()) {
            if (interaction.getSlices().contains(each.getSlice())) {
                severity = Math.max(severity, each.getSeverityMicros());
            }
        }
        long factor = -1;
        for (AudienceFactor each : policy.getAudiences()) {
            if (interaction.getSlices().contains(each.getSlice())) {
                factor = Math.max(factor, each.getFactorMicros());
            }
        }
        double perPerson = (severity < 0 ? 1 : Micros.toDouble(severity)) * (factor < 0 ? 1 : Micros.toDouble(factor));
        return Math.min(policy.getMaxExposureMicros(), capped(interaction.getUsersAffected() * perPerson));
    }

    private static int lookAhead(Question question) {
        int labels = question.getScore().getLookAhead() ? Math.max(1, question.getLookAhead()) : 1;
        // A policy that looks too far for its number of classes is refused when it is read; none may stop a stage.
        while (labels > 1 && !LabelValue.canLookAhead(question.getClasses().size(), labels)) {
            labels--;
        }
        return labels;
    }

    private static double[][] losses(Question question) {
        List<LossRow> rows = question.getLoss();
        if (rows.isEmpty()) {
            return distances(question.getClasses().size());
        }
        double[][] losses = new double[rows.size()][];
        for (int action = 0; action < losses.length; action++) {
            List<Long> micros = rows.get(action).getLossesMicros();
            losses[action] = new double[micros.size()];
            for (int truth = 0; truth < losses[action].length; truth++) {
                losses[action][truth] = Micros.toDouble(micros.get(truth));
            }
        }
        return losses;
    }

    /** For classes in an order: one action for each, which loses the distance to the truth, 1 from end to end. */
    private static double[][] distances(int classes) {
        double[][] losses = new double[classes][classes];
        for (int action = 0; action < classes; action++) {
            for (int truth = 0; truth < classes; truth++) {
                losses[action][truth] = Math.abs(action - truth) / (double) (classes - 1);
            }
        }
        return losses;
    }

    private static long capped(double value) {
        return Micros.of(Math.min(value, MOST));
    }
}
