package dev.heed.math;

import java.util.Optional;

/**
 * How often a detector is wrong, from judged items that were not all equally likely to be judged.
 *
 * <p>Each judged item counts with w = 1/propensity (Hájek). Sums are integers, so that taking an item back is exact.
 *
 * @param violations judged items that are violations; an error is one the detector did not flag
 * @param clean judged items that are not; an error is one it flagged
 */
public record DetectorRates(Tally violations, Tally clean) {
    /** A smaller propensity counts as this one, so that no single item owns the estimate. */
    public static final long MIN_PROPENSITY_MICROS = 100;

    /** Standard normal quantile of a two-sided interval at 95 %. */
    public static final double Z_95 = 1.959963984540054;

    public static DetectorRates none() {
        return new DetectorRates(Tally.NONE, Tally.NONE);
    }

    public DetectorRates plus(boolean flagged, boolean violation, long propensityMicros) {
        return moved(flagged, violation, propensityMicros, 1);
    }

    /** Takes back an item that was added with the same arguments. */
    public DetectorRates minus(boolean flagged, boolean violation, long propensityMicros) {
        return moved(flagged, violation, propensityMicros, -1);
    }

    /** The share of clean items that are flagged; empty as long as none was judged. */
    public Optional<Rate> falsePositives(double z, long smallestPropensityMicros) {
        return clean.rate(z, smallestPropensityMicros);
    }

    /** The share of violations that are not flagged; empty as long as none was judged. */
    public Optional<Rate> falseNegatives(double z, long smallestPropensityMicros) {
        return violations.rate(z, smallestPropensityMicros);
    }

    /** The share of violations among all items; empty as long as none was judged. */
    public Optional<Rate> prevalence(double z, long smallestPropensityMicros) {
        return new Tally(
                        violations.count + clean.count,
                        violations.errorWeight + violations.otherWeight,
                        violations.errorSquares + violations.otherSquares,
                        clean.errorWeight + clean.otherWeight,
                        clean.errorSquares + clean.otherSquares)
                .rate(z, smallestPropensityMicros);
    }

    /** w = 1/propensity of an item, in micros. */
    public static long weightMicros(long propensityMicros) {
        return Micros.of(1 / Micros.toDouble(Math.max(propensityMicros, MIN_PROPENSITY_MICROS)));
    }

    /** A weight squared, in thousandths. */
    public static long squareMilli(long weightMicros) {
        double w = Micros.toDouble(weightMicros);
        return (long) StrictMath.rint(w * w * Tally.SQUARES_UNIT);
    }

    private DetectorRates moved(boolean flagged, boolean violation, long propensityMicros, int sign) {
        boolean error = flagged != violation;
        return violation
                ? new DetectorRates(violations.moved(error, propensityMicros, sign), clean)
                : new DetectorRates(violations, clean.moved(error, propensityMicros, sign));
    }

    /**
     * Weighted counts of the items of one true class.
     *
     * @param count items, unweighted
     * @param errorWeight Σ w over errors, micros
     * @param errorSquares Σ w² over errors, thousandths
     * @param otherWeight Σ w over the rest, micros
     * @param otherSquares Σ w² over the rest, thousandths
     */
    public record Tally(long count, long errorWeight, long errorSquares, long otherWeight, long otherSquares) {
        static final Tally NONE = new Tally(0, 0, 0, 0, 0);

        // Squared weights reach 1e8, so they are kept coarser than micros.
        private static final double SQUARES_UNIT = 1000;

        private Tally moved(boolean error, long propensityMicros, int sign) {
            if (propensityMicros <= 0 || propensityMicros > Micros.ONE) {
                throw new IllegalArgumentException(
                        "propensity " + propensityMicros + " micros (expected: 1 to 1000000)");
            }
            double w = 1 / Micros.toDouble(Math.max(propensityMicros, MIN_PROPENSITY_MICROS));
            long weight = sign * Micros.of(w);
            long square = sign * (long) StrictMath.rint(w * w * SQUARES_UNIT);
            return new Tally(
                    count + sign,
                    Math.addExact(errorWeight, error ? weight : 0),
                    Math.addExact(errorSquares, error ? square : 0),
                    Math.addExact(otherWeight, error ? 0 : weight),
                    Math.addExact(otherSquares, error ? 0 : square));
        }

        private Optional<Rate> rate(double z, long smallestPropensityMicros) {
            double errors = Micros.toDouble(errorWeight);
            double all = errors + Micros.toDouble(otherWeight);
            if (!(all > 0)) {
                return Optional.empty();
            }
            double rate = errors / all;
            return Optional.of(wilson(rate, effectiveCount(rate, all, smallestPropensityMicros), z));
        }

        /**
         * How many equally likely items would say as much: from the linearised variance of the ratio. At a rate of 0 or
         * 1 that variance says nothing, so there it is Kish's count, and what was never seen might have come with the
         * largest weight there is.
         */
        private double effectiveCount(double rate, double all, long smallestPropensityMicros) {
            double errorSq = errorSquares / SQUARES_UNIT;
            double otherSq = otherSquares / SQUARES_UNIT;
            if (rate <= 0 || rate >= 1) {
                double kish = all * all / (errorSq + otherSq);
                double largest = 1 / Micros.toDouble(Math.max(smallestPropensityMicros, MIN_PROPENSITY_MICROS));
                return Math.min(kish, all / largest);
            }
            double variance = (errorSq * (1 - rate) * (1 - rate) + otherSq * rate * rate) / (all * all);
            return rate * (1 - rate) / variance;
        }

        private Rate wilson(double rate, double n, double z) {
            double scale = 1 + z * z / n;
            double centre = (rate + z * z / (2 * n)) / scale;
            double half = z / scale * StrictMath.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n));
            return new Rate(rate, Math.max(0, centre - half), Math.min(1, centre + half), count);
        }
    }

    /**
     * An estimated rate with its interval.
     *
     * @param estimate in [0, 1]
     * @param low lower end of the interval
     * @param high upper end of the interval
     * @param count items behind it, unweighted
     */
    public record Rate(double estimate, double low, double high, long count) {}
}
