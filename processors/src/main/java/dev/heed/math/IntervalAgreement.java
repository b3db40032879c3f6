package dev.heed.math;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Krippendorff's alpha for whole numbers, from sums instead of pairs.
 *
 * <p>With the squared difference as distance, pairs need not be counted: over ordered pairs of a set of m numbers, Σ (x −
 * y)² = 2 (m Σ x² − (Σ x)²). So the state of one unit size is four whole numbers, however many different numbers raters
 * may give, and units are taken back exactly.
 */
public final class IntervalAgreement {
    private IntervalAgreement() {}

    /**
     * Sums over all units of one size.
     *
     * @param size numbers in each unit, at least 2
     * @param units how many units
     * @param sum of all numbers
     * @param squares sum of their squares
     * @param squaredSums sum over units of the square of the unit's sum
     */
    public record Sums(int size, long units, long sum, long squares, long squaredSums) {}

    /** Alpha; empty while there is no pair or only one number was ever said. */
    public static OptionalDouble alpha(List<Sums> bySize) {
        BigInteger n = BigInteger.ZERO;
        BigInteger sum = BigInteger.ZERO;
        BigInteger squares = BigInteger.ZERO;
        double observed = 0;
        for (Sums each : bySize) {
            n = n.add(product(each.size(), each.units()));
            sum = sum.add(BigInteger.valueOf(each.sum()));
            squares = squares.add(BigInteger.valueOf(each.squares()));
            BigInteger within = product(each.size(), each.squares()).subtract(BigInteger.valueOf(each.squaredSums()));
            observed += within.doubleValue() / (each.size() - 1);
        }
        // Both halves of 2 (n Σ x² − (Σ x)²) and of the pairs within units cancel.
        double expected = n.multiply(squares).subtract(sum.multiply(sum)).doubleValue();
        return expected > 0
                ? OptionalDouble.of(1 - (n.doubleValue() - 1) * observed / expected)
                : OptionalDouble.empty();
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
}
