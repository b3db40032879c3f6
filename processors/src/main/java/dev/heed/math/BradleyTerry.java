package dev.heed.math;

import java.util.Arrays;
import java.util.List;

/**
 * Strengths of candidates from wins against each other: P(i beats j) = p_i / (p_i + p_j).
 *
 * <p>Fitted by minorisation-maximisation (Hunter 2004): p_i ← W_i / Σ_j n_ij / (p_i + p_j), scaled to sum to 1. A tie is
 * half a win each way; wins may be weighted, for example by the rater's reliability.
 */
public final class BradleyTerry {
    /** The largest number of candidates. */
    public static final int MAX_CANDIDATES = 256;

    /** The largest number of rounds. Without a chain of wins from each candidate to each other no fit exists. */
    public static final int MAX_ROUNDS = 100_000;

    private static final double TOLERANCE = 1e-13;

    private BradleyTerry() {}

    /**
     * A fit.
     *
     * @param strengths for each candidate, summing to 1
     * @param rounds how many were needed
     * @param converged false if the rounds ran out: the strengths are then the last ones, on their way to 0 and 1
     */
    public record Fit(List<Double> strengths, int rounds, boolean converged) {}

    /**
     * The strengths that make the wins most likely.
     *
     * @param wins wins[i][j] = how often i won against j, at least 0; the diagonal is ignored
     */
    public static Fit fit(double[][] wins) {
        return fit(wins, MAX_ROUNDS, TOLERANCE);
    }

    /**
     * As {@link #fit(double[][])}, with a limit of its own on the work.
     *
     * @param tolerance the fit has converged once no strength moves by more
     */
    public static Fit fit(double[][] wins, int maxRounds, double tolerance) {
        requireWins(wins);
        double[] strengths = new double[wins.length];
        Arrays.fill(strengths, 1.0 / wins.length);
        for (int round = 1; round <= maxRounds; round++) {
            double[] next = improved(strengths, wins);
            boolean converged = largestChange(strengths, next) < tolerance;
            strengths = next;
            if (converged) {
                return new Fit(boxed(strengths), round, true);
            }
        }
        return new Fit(boxed(strengths), maxRounds, false);
    }

    /**
     * The wins that one ranking stands for: each pair weighs 1/(k − 1), so that a ranking of many candidates does not
     * outvote a comparison of two; equal ranks are a tie.
     *
     * @param ranks for each of k candidates its rank, the best lowest
     * @param weight reliability of the rater, 1 for full weight
     */
    public static double[][] winsOfRanking(int[] ranks, double weight) {
        int k = ranks.length;
        double[][] wins = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                if (i != j && ranks[i] <= ranks[j]) {
                    wins[i][j] = (ranks[i] == ranks[j] ? 0.5 : 1) * weight / (k - 1);
                }
            }
        }
        return wins;
    }

    private static double[] improved(double[] p, double[][] wins) {
        double[] next = new double[p.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double won = 0;
            double met = 0;
            for (int j = 0; j < p.length; j++) {
                double games = i == j ? 0 : wins[i][j] + wins[j][i];
                // Two candidates at strength 0 have nothing left to tell about each other.
                if (games > 0 && p[i] + p[j] > 0) {
                    won += wins[i][j];
                    met += games / (p[i] + p[j]);
                }
            }
            // A candidate that met nobody keeps its strength.
            next[i] = met > 0 ? won / met : p[i];
            sum += next[i];
        }
        for (int i = 0; i < next.length; i++) {
            next[i] /= sum;
        }
        return next;
    }

    private static double largestChange(double[] before, double[] after) {
        double largest = 0;
        for (int i = 0; i < before.length; i++) {
            largest = Math.max(largest, Math.abs(after[i] - before[i]));
        }
        return largest;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static void requireWins(double[][] wins) {
        if (wins.length < 1 || wins.length > MAX_CANDIDATES) {
            throw new IllegalArgumentException(wins.length + " candidates (expected: 1 to " + MAX_CANDIDATES + ")");
        }
        for (double[] row : wins) {
            for (double count : row) {
                if (row.length != wins.length || !(count >= 0 && count < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "wins " + Arrays.toString(row) + " (expected: " + wins.length + " numbers of at least 0)");
                }
            }
        }
    }
}
