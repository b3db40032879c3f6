package dev.heed.calibration;

import dev.heed.event.RaterKind;
import dev.heed.math.Belief;
import dev.heed.math.Micros;
import dev.heed.math.RaterMatrix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The class prior and the rater matrices that follow from counts: repaired online Dawid–Skene with shrinkage towards the
 * pooled matrix of the rater's kind, {@link RaterMatrix}.
 */
public final class Matrices {
    private final Counts counts;
    private final Map<RaterKind, double[][]> pooled = new EnumMap<>(RaterKind.class);

    public Matrices(Counts counts) {
        this.counts = counts;
    }

    /** π(k), in the order of the classes. */
    public double[] classPrior() {
        return RaterMatrix.classPrior(counts.beliefSums());
    }

    /** The matrix of a rater of this kind of whom nothing is known, [truth][said]. */
    public double[][] pooled(RaterKind kind) {
        return pooled.computeIfAbsent(kind, each -> RaterMatrix.pooled(counts.pooled(each), counts.classes()));
    }

    /** The matrix of a rater, [truth][said]. */
    public double[][] of(RaterKind kind, String raterId) {
        return RaterMatrix.shrunk(pooled(kind), counts.of(kind, raterId), RaterMatrix.STRENGTH);
    }

    /** How many classes the question has. */
    public int classes() {
        return counts.classes();
    }

    /**
     * How much better than chance a rater is: 0 for one who is right as often as a guess among K classes, 1 for one who
     * is always right; over all classes alike.
     */
    public double reliability(RaterKind kind, String raterId) {
        double[][] matrix = of(kind, raterId);
        double right = 0;
        for (int k = 0; k < matrix.length; k++) {
            right += matrix[k][k] / matrix.length;
        }
        double chance = 1.0 / matrix.length;
        return Math.max(0, (right - chance) / (1 - chance));
    }

    /** A matrix as micros, row by row; each row sums to exactly one million. */
    public static List<Long> micros(double[][] matrix) {
        List<Long> micros = new ArrayList<>(matrix.length * matrix.length);
        for (double[] row : matrix) {
            micros.addAll(micros(row));
        }
        return micros;
    }

    /**
     * A distribution as micros that sum to exactly one million. No share is 0: whoever takes its logarithm must not
     * find an impossible class where there is only a rare one.
     */
    public static List<Long> micros(double[] distribution) {
        long[] micros = Micros.simplex(distribution);
        for (int i = 0; i < micros.length; i++) {
            if (micros[i] == 0) {
                micros[Belief.argmax(micros)]--;
                micros[i] = 1;
            }
        }
        return Vectors.toList(micros);
    }
}
