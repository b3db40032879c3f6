package dev.heed.math;

/**
 * Tests a slice in which a single violation is too many.
 *
 * <p>A violation fails the slice at once: that there is one needs no statistics. That there are few enough does: none in n
 * clusters bounds their rate by 1 − α^(1/n). Under a rate of r or more, K = (1 − r)^−n while there is none, and 0 from the
 * first one on, is a product of factors of expectation at most 1, so the slice passes at K ≥ 1/α, at whatever moment one
 * looks; that is the very n at which the bound falls to r.
 *
 * @param maxRate r, the rate that is to be shown not to be reached, in (0, 1)
 * @param alpha level of this attempt, in (0, 1)
 * @param passLogEvidence natural logarithm of K, as it is stored in nanos; {@link #NEVER} once it cannot pass any more
 * @param failLogEvidence 0 without a violation, {@link #CERTAIN} with one
 * @param verdict the first to be reached; stays once it is decided
 */
public record ZeroTolerance(
        double maxRate, double alpha, double passLogEvidence, double failLogEvidence, GateTest.Verdict verdict) {
    /** Stands for the logarithm of endless evidence, with room for sums. */
    public static final double CERTAIN = 1_000;
    /** Stands for the logarithm of none at all. */
    public static final double NEVER = -CERTAIN;

    public ZeroTolerance {
        if (!(maxRate > 0 && maxRate < 1 && alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "largest rate " + maxRate + ", alpha " + alpha + " (expected: both between 0 and 1)");
        }
    }

    /** Before the first cluster, at the level of this attempt. */
    public static ZeroTolerance start(double maxRate, double alpha) {
        return new ZeroTolerance(maxRate, alpha, 0, 0, GateTest.Verdict.INCONCLUSIVE);
    }

    /**
     * Observes the next cluster.
     *
     * @param violated whether there is a violation among what is in of it
     * @param complete whether all of it is in; what is missing may be a violation, and may be none
     */
    public ZeroTolerance observe(boolean violated, boolean complete) {
        boolean clean = !violated && complete && passLogEvidence > NEVER;
        double step = -StrictMath.log1p(-maxRate);
        double pass = clean ? Nanos.toDouble(Nanos.floor(passLogEvidence + step)) : NEVER;
        double fail = violated ? CERTAIN : failLogEvidence;
        return new ZeroTolerance(maxRate, alpha, pass, fail, verdict(pass, fail));
    }

    private GateTest.Verdict verdict(double pass, double fail) {
        if (verdict != GateTest.Verdict.INCONCLUSIVE) {
            return verdict;
        } else if (fail >= CERTAIN) {
            return GateTest.Verdict.FAIL;
        }
        return Bets.reaches(pass, alpha) ? GateTest.Verdict.PASS : GateTest.Verdict.INCONCLUSIVE;
    }
}
