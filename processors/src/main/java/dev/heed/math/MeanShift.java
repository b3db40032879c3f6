package dev.heed.math;

import java.util.ArrayList;
import java.util.List;

/**
 * Watches without end for the moment from which a mean is beyond a limit, when it is not known by how much.
 *
 * <p>A gain g ≥ −1 is an observation turned so that its expectation is at most 0 while the limit holds. Each of four
 * e-detectors M_t = (M_{t−1} + 1)(1 + λ g_t) bets another stake λ on it: large stakes find large shifts soon, small ones
 * find small shifts at all. Their mean is an e-detector again (Shin, Ramdas and Rinaldo 2023), so the alarm at 1/α comes
 * on average no sooner than every 1/α observations, and among the first T of them with probability at most T·α.
 */
public final class MeanShift {
    private static final double[] STAKES = {0.0625, 0.125, 0.25, 0.5};
    // A limit nearer to 0 or 1 would make a single observation overwhelming.
    private static final double MIN_ROOM = 1e-3;
    private static final int BISECTIONS = 60;

    private MeanShift() {}

    /** Before the first observation, or again after an alarm; see {@link DetectorLog} for the form. */
    public static List<Long> start() {
        List<Long> logs = new ArrayList<>(STAKES.length);
        for (int i = 0; i < STAKES.length; i++) {
            logs.add(DetectorLog.NONE);
        }
        return logs;
    }

    /**
     * The evidence after one more observation.
     *
     * @param gain at least −1
     */
    public static List<Long> after(List<Long> logsNanos, double gain) {
        if (!(gain >= -1)) {
            throw new IllegalArgumentException("gain " + gain + " (expected: at least -1)");
        }
        List<Long> after = new ArrayList<>(STAKES.length);
        for (int i = 0; i < STAKES.length; i++) {
            after.add(DetectorLog.after(logsNanos.get(i), DetectorLog.nanos(1 + STAKES[i] * gain)));
        }
        return after;
    }

    /**
     * The gain of an observation of a mean that must not rise above its limit, or not fall below it.
     *
     * @param x in [0, 1]
     * @param limit in [0, 1]
     * @param weight of the observation, above 0
     * @param maxWeight the largest weight there is
     */
    public static double gain(boolean rises, double x, double limit, double weight, double maxWeight) {
        double room = Math.max(rises ? limit : 1 - limit, MIN_ROOM);
        double beyond = rises ? x - room : 1 - room - x;
        return weight / maxWeight * beyond / room;
    }

    /**
     * How far a mean may be from that of a sample of it: the p at which n · kl(sample mean, p) = ln(1/error), after
     * Chernoff and Hoeffding (1963, theorem 1), for any observations in [0, 1].
     *
     * @param upper true for the bound above the sample's mean, false for the one below
     * @param n observations of the sample, above 0
     * @param error probability with which the mean is beyond the bound, in (0, 1)
     */
    public static double bound(boolean upper, double mean, double n, double error) {
        double most = -StrictMath.log(error) / n;
        double near = mean;
        double far = upper ? 1 : 0;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (near + far) / 2;
            if (divergence(mean, middle) <= most) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return near;
    }

    /** kl(q, p) of two coins, with 0 · ln 0 = 0. */
    private static double divergence(double q, double p) {
        return part(q, p) + part(1 - q, 1 - p);
    }

    private static double part(double q, double p) {
        if (q <= 0) {
            return 0;
        }
        return p <= 0 ? Double.POSITIVE_INFINITY : q * StrictMath.log(q / p);
    }
}
