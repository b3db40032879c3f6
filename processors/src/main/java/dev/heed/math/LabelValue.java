package dev.heed.math;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What more labels on an item are worth: by how much they are expected to lower its risk.
 *
 * <p>risk(q) = e · min_a Σ_k q(k) L[a,k]; gain_m(q) = risk(q) − E[risk(q after m more labels)]; the value per label is
 * the largest gain_m / m. One label often cannot change the action while three can, which is why it looks ahead.
 *
 * @param risk expected loss of the best action now, in units of loss times exposure
 * @param gainByLabels expected fall of the risk after 1, 2, … labels, at least 0
 * @param bestLabels the number of labels with the largest gain per label, the lowest among equals
 * @param valuePerLabel that gain per label
 */
public record LabelValue(double risk, List<Double> gainByLabels, int bestLabels, double valuePerLabel) {
    /** The largest number of labels to look ahead. */
    public static final int MAX_LABELS = 8;

    /** The largest number of ways in which the labels may fall that is looked at for one value. */
    public static final int MAX_OUTCOMES = 100_000;

    public LabelValue {
        gainByLabels = Collections.unmodifiableList(new ArrayList<>(gainByLabels));
    }

    /**
     * The value of labels by a rater.
     *
     * @param q belief
     * @param loss loss[action][class] of an action when the class is the truth
     * @param exposure e, at least 0
     * @param rater matrix of the rater who would label, [truth][said]
     * @param maxLabels M, how many labels to look ahead, 1 to {@link #MAX_LABELS}
     * @throws IllegalArgumentException if that is out of range, or the outcomes are more than {@link #MAX_OUTCOMES}
     */
    public static LabelValue of(double[] q, double[][] loss, double exposure, double[][] rater, int maxLabels) {
        if (!canLookAhead(q.length, maxLabels)) {
            throw new IllegalArgumentException("looking " + maxLabels + " labels ahead over " + q.length
                    + " classes (expected: 1 to " + MAX_LABELS + " labels and at most " + MAX_OUTCOMES + " outcomes)");
        }
        double now = expectedLoss(q, loss);
        List<Double> gains = new ArrayList<>(maxLabels);
        int best = 1;
        double value = 0;
        for (int labels = 1; labels <= maxLabels; labels++) {
            // Labels never raise the expected risk (Jensen); what falls below 0 is rounding.
            double gain = Math.max(0, exposure * (now - lossAfter(q, loss, rater, 0, labels)));
            gains.add(gain);
            if (gain / labels > value) {
                value = gain / labels;
                best = labels;
            }
        }
        return new LabelValue(exposure * now, gains, best, value);
    }

    /** risk(q) = e · min_a Σ_k q(k) L[a,k]. */
    public static double risk(double[] q, double[][] loss, double exposure) {
        return exposure * expectedLoss(q, loss);
    }

    /** The action with the least expected loss, the lowest one among equals. */
    public static int bestAction(double[] q, double[][] loss) {
        int best = 0;
        for (int action = 1; action < loss.length; action++) {
            if (lossOf(q, loss[action]) < lossOf(q, loss[best])) {
                best = action;
            }
        }
        return best;
    }

    /** Whether a question with so many classes can be valued so far ahead: checked when a policy is read. */
    public static boolean canLookAhead(int classes, int maxLabels) {
        if (maxLabels < 1 || maxLabels > MAX_LABELS || classes < 1) {
            return false;
        }
        double outcomes = 1;
        for (int i = 1; i <= maxLabels; i++) {
            outcomes = outcomes * (classes - 1 + i) / i;
        }
        return outcomes <= MAX_OUTCOMES;
    }

    /**
     * Expected loss after more labels. Which rater said what does not matter, only how often each class was said, so
     * outcomes are counted as multinomials: for each class in turn, how many of the labels left say it.
     *
     * @param joint for each truth the probability of it and of what was said so far; a loss is linear in it, so the
     *     posterior need not be normalised before the best action is taken
     */
    private static double lossAfter(double[] joint, double[][] loss, double[][] rater, int said, int labelsLeft) {
        if (labelsLeft == 0) {
            return expectedLoss(joint, loss);
        }
        if (said == joint.length - 1) {
            return expectedLoss(times(joint, rater, said, labelsLeft), loss);
        }
        double sum = 0;
        double[] with = joint.clone();
        double ways = 1;
        for (int count = 0; count <= labelsLeft; count++) {
            sum += ways * lossAfter(with, loss, rater, said + 1, labelsLeft - count);
            ways = ways * (labelsLeft - count) / (count + 1);
            with = times(with, rater, said, 1);
        }
        return sum;
    }

    private static double[] times(double[] joint, double[][] rater, int said, int count) {
        double[] product = joint.clone();
        for (int truth = 0; truth < joint.length; truth++) {
            for (int i = 0; i < count; i++) {
                product[truth] *= rater[truth][said];
            }
        }
        return product;
    }

    private static double expectedLoss(double[] weights, double[][] loss) {
        return lossOf(weights, loss[bestAction(weights, loss)]);
    }

    private static double lossOf(double[] weights, double[] lossOfAction) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * lossOfAction[k];
        }
        return sum;
    }
}
