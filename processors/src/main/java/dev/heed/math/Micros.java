package dev.heed.math;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A number as a whole count of millionths: the form in which every value is stored, compared or sent, so that two
 * replays agree on the last bit.
 */
public final class Micros {
    /** The number one. */
    public static final long ONE = 1_000_000L;

    /** How far the sum of a distribution may be from 1 before it is refused as not being one. */
    public static final double SIMPLEX_TOLERANCE = 1e-7;

    private static final int DIGITS = 6;

    // The first double that no longer fits a long.
    private static final double LIMIT = 0x1p63;

    private Micros() {}

    /**
     * The nearest micros, a half to the even neighbour.
     *
     * @throws IllegalArgumentException if the value is not a number or too large (about 9.2e12)
     */
    public static long of(double value) {
        double scaled = value * ONE;
        if (!(scaled > -LIMIT && scaled < LIMIT)) {
            throw new IllegalArgumentException("value " + value + " (expected: a number within ±9.2e12)");
        }
        return (long) StrictMath.rint(scaled);
    }

    public static double toDouble(long micros) {
        return (double) micros / ONE;
    }

    /**
     * The product of two numbers in micros, a half to the even neighbour; exact arithmetic all the way.
     *
     * @throws ArithmeticException if the product does not fit
     */
    public static long product(long a, long b) {
        return BigDecimal.valueOf(a, DIGITS)
                .multiply(BigDecimal.valueOf(b, DIGITS))
                .setScale(DIGITS, RoundingMode.HALF_EVEN)
                .unscaledValue()
                .longValueExact();
    }

    public static double[] toDoubles(long[] micros) {
        double[] values = new double[micros.length];
        for (int i = 0; i < micros.length; i++) {
            values[i] = toDouble(micros[i]);
        }
        return values;
    }

    /**
     * Rounds a distribution to micros that sum to exactly {@link #ONE}: each share is cut off, and what is missing goes
     * to the largest remainders, the lowest index first among equal ones.
     *
     * @throws IllegalArgumentException if a share is negative or not a number, or the sum is not 1
     */
    public static long[] simplex(double[] q) {
        requireDistribution(q);
        long[] micros = new long[q.length];
        double[] remainders = new double[q.length];
        long missing = ONE;
        for (int i = 0; i < q.length; i++) {
            double scaled = q[i] * ONE;
            micros[i] = (long) StrictMath.floor(scaled);
            remainders[i] = scaled - micros[i];
            missing -= micros[i];
        }
        for (; missing > 0; missing--) {
            int largest = Belief.argmax(remainders);
            micros[largest]++;
            remainders[largest] = -1;
        }
        return micros;
    }

    private static void requireDistribution(double[] q) {
        double sum = 0;
        for (double share : q) {
            if (!(share >= 0)) {
                throw new IllegalArgumentException("share " + share + " (expected: at least 0)");
            }
            sum += share;
        }
        if (!(sum >= 1 - SIMPLEX_TOLERANCE && sum <= 1 + SIMPLEX_TOLERANCE)) {
            throw new IllegalArgumentException("shares sum to " + sum + " (expected: 1)");
        }
    }
}
