package dev.heed.math;

/**
 * The evidence M of an e-detector, M_t = (M_{t−1} + 1) · factor, as it is stored and compared: ln(1 + M) in billionths.
 * A whole number has one form in every replay, and the logarithm has room for evidence that nobody answers. See {@link
 * DriftTest} for the theory.
 */
public final class DetectorLog {
    /** Before the first observation, or again after an alarm. */
    public static final long NONE = 0;
    /** The number one in billionths. */
    public static final long ONE_NANOS = 1_000_000_000L;

    // e^690 is the largest round power that still leaves room to add many of them.
    private static final long MAX_NANOS = 690 * ONE_NANOS;
    private static final double BET = 0.25;

    private DetectorLog() {}

    /**
     * The evidence after one more observation.
     *
     * @param factorNanos what the observation multiplies the evidence with, in billionths, above 0
     */
    public static long after(long logNanos, long factorNanos) {
        if (factorNanos <= 0) {
            throw new IllegalArgumentException("factor " + factorNanos + " billionths (expected: above 0)");
        }
        double grown = toDouble(logNanos) + StrictMath.log(toDouble(factorNanos));
        // ln(1 + e^x), from the side on which the exponential is small.
        double log =
                grown > 0 ? grown + StrictMath.log1p(StrictMath.exp(-grown)) : StrictMath.log1p(StrictMath.exp(grown));
        return Math.min(nanos(log), MAX_NANOS);
    }

    /**
     * What an answer multiplies the evidence with that an accuracy is below what is required: 1 + 0.25 (a − x) / (1 − a).
     *
     * @param requiredMicros a, above 0 and below one million
     */
    public static long factorNanos(long requiredMicros, boolean right) {
        double required = Micros.toDouble(requiredMicros);
        return nanos(1 + BET / (1 - required) * (required - (right ? 1 : 0)));
    }

    /** The evidence of several detectors together: that of their mean, which is an e-detector as they are. */
    public static long mean(long[] logNanos) {
        double sum = 0;
        for (long each : logNanos) {
            sum += StrictMath.expm1(toDouble(each));
        }
        return nanos(StrictMath.log1p(sum / logNanos.length));
    }

    /** The evidence as it is published and compared, in micros. */
    public static long micros(long logNanos) {
        return Micros.of(toDouble(logNanos));
    }

    /** Where the alarm is: ln(1 + 1/α), in micros. */
    public static long thresholdMicros(long alphaMicros) {
        return thresholdMicros(alphaMicros, 1);
    }

    /** As {@link #thresholdMicros(long)}, where one observation is one of so many tests, which share α. */
    public static long thresholdMicros(long alphaMicros, int shares) {
        return Micros.of(StrictMath.log1p(shares / Micros.toDouble(alphaMicros)));
    }

    /** A number in billionths, the nearest; a half goes to the even neighbour. */
    public static long nanos(double value) {
        return (long) StrictMath.rint(value * ONE_NANOS);
    }

    private static double toDouble(long nanos) {
        return (double) nanos / ONE_NANOS;
    }
}
