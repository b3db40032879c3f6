package dev.heed.math;

/**
 * What has been won by betting against a hypothesis, with the running moments that set the next bet.
 *
 * <p>Bets follow Waudby-Smith and Ramdas (2023): the wealth is a product of factors whose expectation under the
 * hypothesis is at most 1, so it reaches 1/α with probability at most α, at whatever moment one looks. It is kept as a
 * logarithm, which neither overflows nor loses its way back from a very small value.
 *
 * <p>The doubles come from {@link StrictMath} in one order. Store them as Avro doubles, which keep every bit: rounding
 * them to micros would let a stored and a replayed test part at the threshold. Publish them as micros.
 *
 * @param count observations so far plus one, the prior one
 * @param sum of the observations, the prior 0.5 included
 * @param squares sum of squared distances of each observation from the mean at its time, the prior 0.25 included
 * @param logWealth natural logarithm of the wealth
 */
public record Evidence(long count, double sum, double squares, double logWealth) {
    private static final double MIN_VARIANCE = 1e-4;

    /** Before the first observation: wealth 1. */
    public static Evidence none() {
        return new Evidence(1, 0.5, 0.25, 0);
    }

    /** The wealth itself; infinity if it is beyond what a double holds. */
    public double wealth() {
        return StrictMath.exp(logWealth);
    }

    /** Whether the hypothesis is refuted at level α: wealth ≥ 1/α. */
    public boolean reaches(double alpha) {
        return logWealth >= -StrictMath.log(alpha);
    }

    /**
     * The stake of the next bet, from what came before it.
     *
     * <p>λ_t = min(√(2 ln(1/α) / (max(σ², 1e-4) · t · ln(1+t))), cap), where t counts from 1 and σ² = squares / count.
     */
    double stake(double alpha, double cap) {
        // The prior observation makes the count before observation t exactly t.
        double t = count;
        double variance = Math.max(squares / count, MIN_VARIANCE);
        double stake = StrictMath.sqrt(2 * -StrictMath.log(alpha) / (variance * t * StrictMath.log(1 + t)));
        return Math.min(stake, cap);
    }

    /**
     * After an observation x on which the bet won {@code payoff} times its stake.
     *
     * @param x in [0, 1]
     */
    Evidence after(double x, double stake, double payoff) {
        double newSum = sum + x;
        long newCount = count + 1;
        double distance = x - newSum / newCount;
        return new Evidence(
                newCount, newSum, squares + distance * distance, logWealth + StrictMath.log(1 + stake * payoff));
    }
}
