package dev.heed.math;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Krippendorff's alpha, the agreement of raters beyond chance, from counts that can be taken back exactly.
 *
 * <p>A unit is the labels one item holds now, as how many labels each class has. The state is one integer array: for
 * each unit size m from 2 up, a K × K block of ordered pairs of labels within units of that size, with the blocks of
 * sizes above the largest unit left out (so equal contents are equal arrays). A unit's pairs weigh 1/(m − 1), and that
 * division is made on read only: adding and subtracting fractions would not return to where it began. When a unit
 * changes, subtract it as it was and add it as it is.
 */
public final class Krippendorff {
    /** The largest number of labels in a unit. */
    public static final int MAX_UNIT = 256;

    /** The state that holds no unit. */
    public static final long[] NONE = new long[0];

    private Krippendorff() {}

    /**
     * The counts with a unit added; the argument is left as it is. A unit of fewer than two labels adds nothing.
     *
     * @param counts state
     * @param unit for each of the K classes the number of labels, at most {@link #MAX_UNIT} in all
     */
    public static long[] plus(long[] counts, int[] unit) {
        return moved(counts, unit, 1);
    }

    /** The counts with a unit taken back that was added before. */
    public static long[] minus(long[] counts, int[] unit) {
        return moved(counts, unit, -1);
    }

    /** Alpha for classes without order; empty while there is no pair or only one class was ever said. */
    public static OptionalDouble nominal(long[] counts, int classes) {
        double[][] o = coincidences(counts, classes);
        return alpha(o, (c, k) -> 1);
    }

    /** Alpha for classes in an order. */
    public static OptionalDouble ordinal(long[] counts, int classes) {
        double[][] o = coincidences(counts, classes);
        double[] totals = totals(o);
        return alpha(o, (c, k) -> {
            double between = -(totals[c] + totals[k]) / 2;
            for (int g = Math.min(c, k); g <= Math.max(c, k); g++) {
                between += totals[g];
            }
            return between * between;
        });
    }

    /**
     * Alpha for classes that are numbers.
     *
     * @param values the number that each class stands for
     */
    public static OptionalDouble interval(long[] counts, double[] values) {
        double[][] o = coincidences(counts, values.length);
        return alpha(o, (c, k) -> (values[c] - values[k]) * (values[c] - values[k]));
    }

    /** Alpha of one class against all others. */
    public static OptionalDouble ofClass(long[] counts, int classes, int which) {
        double[][] all = coincidences(counts, classes);
        double[][] o = new double[2][2];
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < classes; k++) {
                o[c == which ? 1 : 0][k == which ? 1 : 0] += all[c][k];
            }
        }
        return alpha(o, (c, k) -> 1);
    }

    private static long[] moved(long[] counts, int[] unit, int sign) {
        int size = size(unit);
        if (size < 2) {
            return counts;
        }
        int block = unit.length * unit.length;
        int start = (size - 2) * block;
        long[] moved = Arrays.copyOf(counts, Math.max(counts.length, start + block));
        for (int c = 0; c < unit.length; c++) {
            for (int k = 0; k < unit.length; k++) {
                long pairs = (long) unit[c] * (c == k ? unit[k] - 1 : unit[k]);
                int at = start + c * unit.length + k;
                moved[at] = Math.addExact(moved[at], sign * pairs);
                if (moved[at] < 0) {
                    throw new IllegalArgumentException("unit " + Arrays.toString(unit) + " was never added");
                }
            }
        }
        return withoutEmptyTail(moved, block);
    }

    private static int size(int[] unit) {
        int size = 0;
        for (int labels : unit) {
            if (labels < 0 || labels > MAX_UNIT) {
                throw new IllegalArgumentException(labels + " labels of a class (expected: 0 to " + MAX_UNIT + ")");
            }
            size += labels;
        }
        if (size > MAX_UNIT) {
            throw new IllegalArgumentException(size + " labels in a unit (expected: at most " + MAX_UNIT + ")");
        }
        return size;
    }

    private static long[] withoutEmptyTail(long[] counts, int block) {
        int used = counts.length;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        int blocks = (used + block - 1) / block;
        return blocks * block == counts.length ? counts : Arrays.copyOf(counts, blocks * block);
    }

    // o[c,k] = Σ over unit sizes m of pairs_m[c,k] / (m − 1).
    private static double[][] coincidences(long[] counts, int classes) {
        int block = classes * classes;
        if (counts.length % block != 0) {
            throw new IllegalArgumentException(
                    counts.length + " counts (expected: a multiple of " + classes + " × " + classes + ")");
        }
        double[][] o = new double[classes][classes];
        for (int size = 2; (size - 2) * block < counts.length; size++) {
            for (int i = 0; i < block; i++) {
                o[i / classes][i % classes] += (double) counts[(size - 2) * block + i] / (size - 1);
            }
        }
        return o;
    }

    private static double[] totals(double[][] o) {
        double[] totals = new double[o.length];
        for (int c = 0; c < o.length; c++) {
            for (double value : o[c]) {
                totals[c] += value;
            }
        }
        return totals;
    }

    // α = 1 − D_o / D_e, with D_o = Σ o δ² / n and D_e = Σ n_c n_k δ² / (n (n − 1)), both over c ≠ k.
    private static OptionalDouble alpha(double[][] o, Distance distance) {
        double[] totals = totals(o);
        double n = 0;
        double observed = 0;
        double expected = 0;
        for (int c = 0; c < o.length; c++) {
            n += totals[c];
            for (int k = 0; k < o.length; k++) {
                if (c != k) {
                    double squared = distance.squared(c, k);
                    observed += o[c][k] * squared;
                    expected += totals[c] * totals[k] * squared;
                }
            }
        }
        return expected > 0 ? OptionalDouble.of(1 - (n - 1) * observed / expected) : OptionalDouble.empty();
    }

    @FunctionalInterface
    private interface Distance {
        double squared(int c, int k);
    }
}
