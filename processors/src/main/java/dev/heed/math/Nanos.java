package dev.heed.math;

/**
 * A number as a whole count of billionths: how the evidence of a sequential test is stored and compared. Micros would be
 * as sound; over thousands of steps, each rounded down, they would cost a visible part of it.
 */
public final class Nanos {
    /** The number one. */
    public static final long ONE = 1_000_000_000L;

    // Up to here every whole number of nanos is a double.
    private static final double LIMIT = 0x1p53;

    private Nanos() {}

    /**
     * The nearest nanos, a half to the even neighbour.
     *
     * @throws IllegalArgumentException if the value is not a number or beyond about 9 million
     */
    public static long of(double value) {
        return (long) StrictMath.rint(scaled(value));
    }

    /**
     * The largest nanos that are not above the value.
     *
     * @throws IllegalArgumentException if the value is not a number or beyond about 9 million
     */
    public static long floor(double value) {
        return (long) StrictMath.floor(scaled(value));
    }

    /** The number; {@link #of} gives the same nanos back. */
    public static double toDouble(long nanos) {
        return (double) nanos / ONE;
    }

    private static double scaled(double value) {
        double scaled = value * ONE;
        if (!(scaled > -LIMIT && scaled < LIMIT)) {
            throw new IllegalArgumentException("value " + value + " (expected: a number within ±9 million)");
        }
        return scaled;
    }
}
