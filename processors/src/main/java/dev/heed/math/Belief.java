package dev.heed.math;

import java.util.Arrays;
import java.util.List;

/**
 * The probability of each class of one item, given who said what.
 *
 * <p>b(k) = log π(k) + Σ over labels (r, y) of log C_r[k,y], q = softmax(b): the posterior of Dawid and Skene (1979).
 * Sums are taken in the order of the labels, so the caller keeps them in one order.
 */
public final class Belief {
    private Belief() {}

    /**
     * The belief after labels that each count as one full vote.
     *
     * @param prior probability of each class, all above 0
     * @param matrices for each label its rater's matrix, [truth][said]
     * @param labels for each label the class that was said
     * @throws IllegalArgumentException if the shapes differ or no class is possible
     */
    public static double[] posterior(double[] prior, List<double[][]> matrices, int[] labels) {
        double[] full = new double[labels.length];
        Arrays.fill(full, 1.0);
        return posterior(prior, matrices, labels, full);
    }

    /**
     * The belief after labels that may share a vote.
     *
     * @param votes for each label how much of a vote it is, 0 to 1: raters that are not independent of each other,
     *     like n detectors of one vendor, have 1/n each
     */
    public static double[] posterior(double[] prior, List<double[][]> matrices, int[] labels, double[] votes) {
        if (matrices.size() != labels.length || votes.length != labels.length) {
            throw new IllegalArgumentException(labels.length + " labels, " + matrices.size() + " matrices, "
                    + votes.length + " votes (expected: as many of each)");
        }
        double[][] columns = new double[labels.length][];
        for (int i = 0; i < labels.length; i++) {
            columns[i] = RaterMatrix.column(matrices.get(i), labels[i]);
        }
        return posterior(prior, columns, votes);
    }

    /**
     * The belief after labels of which only the column that was said is known.
     *
     * @param columns for each label P(its rater says it | truth is k), for each class k
     * @param votes for each label how much of a vote it is, 0 to 1
     */
    public static double[] posterior(double[] prior, double[][] columns, double[] votes) {
        double[] logs = new double[prior.length];
        for (int k = 0; k < prior.length; k++) {
            logs[k] = StrictMath.log(prior[k]);
        }
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].length != prior.length) {
                throw new IllegalArgumentException(
                        "matrix of " + columns[i].length + " classes (expected: " + prior.length + ")");
            }
            for (int k = 0; k < prior.length; k++) {
                logs[k] += votes[i] * StrictMath.log(columns[i][k]);
            }
        }
        return softmax(logs);
    }

    /** exp(b) scaled to sum to 1, safe against underflow; a class at minus infinity is impossible. */
    public static double[] softmax(double[] logs) {
        double max = logs[argmax(logs)];
        if (!(max > Double.NEGATIVE_INFINITY && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no class is possible: largest log weight " + max);
        }
        double[] q = new double[logs.length];
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            q[k] = StrictMath.exp(logs[k] - max);
            sum += q[k];
        }
        for (int k = 0; k < logs.length; k++) {
            q[k] /= sum;
        }
        return q;
    }

    /** The whole weight on one class, in micros: the belief of an item whose answer is known. */
    public static long[] known(int classes, int known) {
        long[] q = new long[classes];
        q[known] = Micros.ONE;
        return q;
    }

    /** The index of the largest value, the lowest one among equals. */
    public static int argmax(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            if (values[k] > values[best]) {
                best = k;
            }
        }
        return best;
    }

    /** The index of the largest value, the lowest one among equals. */
    public static int argmax(long[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            if (values[k] > values[best]) {
                best = k;
            }
        }
        return best;
    }

    /** The lowest index up to which at least half of the whole lies. */
    public static int median(long[] values) {
        long whole = 0;
        for (long value : values) {
            whole += value;
        }
        long below = 0;
        for (int k = 0; k < values.length; k++) {
            below += values[k];
            if (2 * below >= whole) {
                return k;
            }
        }
        return values.length - 1;
    }

    /** Shannon entropy in nats, 0 to log K. */
    public static double entropy(double[] q) {
        double sum = 0;
        for (double share : q) {
            if (share > 0) {
                sum -= share * StrictMath.log(share);
            }
        }
        return Math.max(0, sum);
    }

    /** The largest share less the second largest, 0 to 1; with a single class it is that share. */
    public static double margin(double[] q) {
        double first = 0;
        double second = 0;
        for (double share : q) {
            if (share > first) {
                second = first;
                first = share;
            } else if (share > second) {
                second = share;
            }
        }
        return first - second;
    }
}
