package dev.heed.math;

/**
 * What the next bet against a hypothesis depends on: the running moments of the observations.
 *
 * <p>Tests by betting follow Waudby-Smith and Ramdas (2023): the wealth is a product of factors whose expectation under
 * the hypothesis is at most 1, so it reaches 1/α with probability at most α, at whatever moment one looks. Wealth is
 * kept as a natural logarithm, which neither overflows nor loses its way back from a very small value.
 *
 * <p>What is stored is whole {@link Nanos}. A test that is stored goes on from what was stored after every observation,
 * not only where a batch of them ends, and compares what it stores with the threshold; so a test that is recomputed never
 * parts from the one on record, however the observations were batched. See {@link GateTest.Digits}.
 *
 * @param count number of observations plus one, the prior one
 * @param sum of the observations, the prior 0.5 included
 * @param squares sum of squared distances of each observation from the mean at its time, the prior 0.25 included
 */
public record Bets(double count, double sum, double squares) {
    private static final double MIN_VARIANCE = 1e-4;

    /** The share of the wealth that a single observation may cost. */
    static final double LARGEST_LOSS = 0.5;

    /** Before the first observation. */
    public static Bets none() {
        return new Bets(1, 0.5, 0.25);
    }

    /** Whether wealth refutes its hypothesis at level α: K ≥ 1/α. */
    public static boolean reaches(double logWealth, double alpha) {
        return logWealth >= -StrictMath.log(alpha);
    }

    /** The moments as they are stored: to the nearest nanos. Any stake that does not know what comes next is fair. */
    Bets stored() {
        return new Bets(count, Nanos.toDouble(Nanos.of(sum)), Nanos.toDouble(Nanos.of(squares)));
    }

    /** The number of observations. */
    public long observations() {
        return (long) count - 1;
    }

    /**
     * The stake of the next bet, from what came before it.
     *
     * <p>λ_t = min(√(2 ln(1/α) / (max(σ², 1e-4) · t · ln(1+t))), cap), where t counts from 1 and σ² = squares / count.
     */
    double stake(double alpha, double cap) {
        // The prior observation makes the count before observation t exactly t.
        double variance = Math.max(squares / count, MIN_VARIANCE);
        double square = 2 * -StrictMath.log(alpha) / (variance * count * StrictMath.log(1 + count));
        return Math.min(StrictMath.sqrt(square), cap);
    }

    /** The moments after an observation in [0, 1]. */
    Bets after(double x) {
        double newCount = count + 1;
        double newSum = sum + x;
        double distance = x - newSum / newCount;
        return new Bets(newCount, newSum, squares + distance * distance);
    }
}
