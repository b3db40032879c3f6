package dev.heed.math;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * What a rater says given the truth: C_r[k,l] = P(rater r says l | truth is k).
 *
 * <p>A rater's counts n_r[k,l] are micros in row-major order ({@code counts[k * K + l]}). They are the sum, over the
 * items the rater labelled l, of the item's belief q(k), kept as integers so that taking a label back is exact. Rows are
 * shrunk towards the pooled row of the rater's kind, which is what keeps classes from switching names without gold.
 */
public final class RaterMatrix {
    /** The prior of the pooled counts: on the diagonal. */
    public static final double POOLED_PRIOR_RIGHT = 4;

    /** The prior of the pooled counts: off the diagonal. */
    public static final double POOLED_PRIOR_WRONG = 1;

    /** How many labels the pooled row is worth against a rater's own: s of the plain formula. */
    public static final double STRENGTH = 2;

    /** As {@link #STRENGTH}, when the pooled rows were {@link #tilted}. */
    public static final double TILTED_STRENGTH = 5;

    // How many labels the pooled accuracy is worth against a rater's own.
    private static final double ACCURACY_STRENGTH = 4;

    private RaterMatrix() {}

    /**
     * P[k,l] = (m[k,l] + Σ_r n_r[k,l]) / row sum.
     *
     * @param pooledCountsMicros the counts of all raters of a kind, added up
     * @param k the number of classes
     */
    public static double[][] pooled(long[] pooledCountsMicros, int k) {
        double[][] counts = withPrior(pooledCountsMicros, k);
        for (double[] row : counts) {
            scale(row, 1 / sum(row));
        }
        return counts;
    }

    /**
     * C_r[k,l] = (s·P[k,l] + n_r[k,l]) / (s + Σ_l n_r[k,l]).
     *
     * @param pooled rows of {@link #pooled} or {@link #tilted}
     * @param strength s, above 0
     */
    public static double[][] shrunk(double[][] pooled, long[] raterCountsMicros, double strength) {
        int k = pooled.length;
        requireSquare(raterCountsMicros, k);
        double[][] matrix = new double[k][k];
        for (int truth = 0; truth < k; truth++) {
            long total = rowTotal(raterCountsMicros, k, truth);
            for (int said = 0; said < k; said++) {
                matrix[truth][said] = shrunk(pooled[truth][said], raterCountsMicros[truth * k + said], total, strength);
            }
        }
        return matrix;
    }

    /**
     * One column of {@link #shrunk(double[][], long[], double)}: P(rater says it | truth is k) for each k, which is all
     * that a label tells.
     *
     * @param pooled the column of the rows that are shrunk to
     * @param said which class was said
     */
    public static double[] shrunk(double[] pooled, long[] raterCountsMicros, double strength, int said) {
        int k = pooled.length;
        requireSquare(raterCountsMicros, k);
        double[] column = new double[k];
        for (int truth = 0; truth < k; truth++) {
            long total = rowTotal(raterCountsMicros, k, truth);
            column[truth] = shrunk(pooled[truth], raterCountsMicros[truth * k + said], total, strength);
        }
        return column;
    }

    private static long rowTotal(long[] countsMicros, int k, int truth) {
        long total = 0;
        for (int said = 0; said < k; said++) {
            total += countsMicros[truth * k + said];
        }
        return total;
    }

    private static double shrunk(double pooled, long ownMicros, long totalMicros, double strength) {
        return (strength * pooled + Micros.toDouble(ownMicros)) / (strength + Micros.toDouble(totalMicros));
    }

    /**
     * The pooled rows tilted towards the rater's own accuracy, to be {@link #shrunk} to with {@link #TILTED_STRENGTH}.
     *
     * <p>a_r = (4·ā + trace n_r) / (4 + Σ n_r); the odds of each pooled diagonal are scaled by odds(a_r)/odds(ā), the
     * rest of the row rescaled. It lies between a single accuracy per rater and a free matrix.
     */
    public static double[][] tilted(long[] pooledCountsMicros, long[] raterCountsMicros, int k) {
        double common = pooledAccuracy(pooledCountsMicros, k);
        return tilted(pooled(pooledCountsMicros, k), common, accuracy(raterCountsMicros, k, common));
    }

    /**
     * Rows tilted from one accuracy to another: the odds of each diagonal are scaled by odds(own)/odds(common), the rest
     * of the row keeps its proportions.
     *
     * @param common the accuracy the rows stand for, above 0 and below 1
     * @param own the accuracy they shall stand for, above 0 and below 1
     */
    public static double[][] tilted(double[][] rows, double common, double own) {
        return ofColumns(rows.length, said -> tilted(rows, common, own, said));
    }

    /** One column of {@link #tilted(double[][], double, double)}. */
    public static double[] tilted(double[][] rows, double common, double own, int said) {
        double factor = odds(own) / odds(common);
        double[] column = new double[rows.length];
        for (int truth = 0; truth < rows.length; truth++) {
            double right = rows[truth][truth];
            double scaled = odds(right) * factor;
            double moved = scaled / (1 + scaled);
            column[truth] = truth == said ? moved : rows[truth][said] * ((1 - moved) / (1 - right));
        }
        return column;
    }

    /** A column of a matrix. */
    public static double[] column(double[][] matrix, int said) {
        double[] column = new double[matrix.length];
        for (int truth = 0; truth < matrix.length; truth++) {
            column[truth] = matrix[truth][said];
        }
        return column;
    }

    private static double[][] ofColumns(int k, IntFunction<double[]> columns) {
        double[][] matrix = new double[k][k];
        for (int said = 0; said < k; said++) {
            double[] column = columns.apply(said);
            for (int truth = 0; truth < k; truth++) {
                matrix[truth][said] = column[truth];
            }
        }
        return matrix;
    }

    /** A rater who is right with the same probability whatever the truth, and wrong in every way alike. */
    public static double[][] oneCoin(double accuracy, int k) {
        double[][] matrix = new double[k][k];
        for (int truth = 0; truth < k; truth++) {
            Arrays.fill(matrix[truth], (1 - accuracy) / (k - 1));
            matrix[truth][truth] = accuracy;
        }
        return matrix;
    }

    /** The share of right labels of all raters of a kind, its prior included. */
    public static double pooledAccuracy(long[] pooledCountsMicros, int k) {
        double[][] counts = withPrior(pooledCountsMicros, k);
        double right = 0;
        double all = 0;
        for (int truth = 0; truth < k; truth++) {
            right += counts[truth][truth];
            all += sum(counts[truth]);
        }
        return right / all;
    }

    /** A rater's share of right labels, drawn towards the common accuracy as if four labels had said so. */
    public static double accuracy(long[] raterCountsMicros, int k, double commonAccuracy) {
        return accuracy(raterCountsMicros, k, commonAccuracy, ACCURACY_STRENGTH);
    }

    /**
     * The share of right labels, drawn towards an expected one.
     *
     * @param countsMicros of one rater or of many
     * @param strength how many labels the expectation is worth, above 0
     */
    public static double accuracy(long[] countsMicros, int k, double expected, double strength) {
        requireSquare(countsMicros, k);
        long right = 0;
        long all = 0;
        for (int truth = 0; truth < k; truth++) {
            all += rowTotal(countsMicros, k, truth);
            right += countsMicros[truth * k + truth];
        }
        return (strength * expected + Micros.toDouble(right)) / (strength + Micros.toDouble(all));
    }

    private static double[][] withPrior(long[] countsMicros, int k) {
        requireSquare(countsMicros, k);
        double[][] counts = new double[k][k];
        for (int truth = 0; truth < k; truth++) {
            for (int said = 0; said < k; said++) {
                double prior = truth == said ? POOLED_PRIOR_RIGHT : POOLED_PRIOR_WRONG;
                counts[truth][said] = prior + Micros.toDouble(countsMicros[truth * k + said]);
            }
        }
        return counts;
    }

    private static void requireSquare(long[] countsMicros, int k) {
        if (countsMicros.length != k * k) {
            throw new IllegalArgumentException(countsMicros.length + " counts (expected: " + k + " × " + k + ")");
        }
        for (long count : countsMicros) {
            requireCount(count);
        }
    }

    // A negative count means that something was taken back which was never added: the log and the store disagree.
    static long requireCount(long countMicros) {
        if (countMicros < 0) {
            throw new IllegalArgumentException("count " + countMicros + " micros (expected: at least 0)");
        }
        return countMicros;
    }

    private static double odds(double p) {
        return p / (1 - p);
    }

    static double sum(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return sum;
    }

    static void scale(double[] row, double factor) {
        for (int i = 0; i < row.length; i++) {
            row[i] *= factor;
        }
    }
}
