package dev.heed.math;

/**
 * Watches without end for the moment from which an accuracy is below what is required.
 *
 * <p>M_t = (M_{t−1} + 1)(1 + b (a − x_t)), b = 0.25 / (1 − a): an e-detector after Shin, Ramdas and Rinaldo (2023).
 * While the accuracy holds, an alarm (M ≥ 1/α) comes on average no sooner than every 1/α observations. One rater's
 * alarm is rater drift, an alarm of all raters pooled is rubric drift. Store the doubles as Avro doubles, see
 * {@link Bets}.
 *
 * @param requiredAccuracy a, in (0, 1)
 * @param alpha one over the average run length to a false alarm, in (0, 1)
 * @param evidence M, at least 0
 */
public record DriftTest(double requiredAccuracy, double alpha, double evidence) {
    /** Evidence is held here, so that an alarm nobody answers does not end in infinity. */
    public static final double MAX_EVIDENCE = 1e300;

    private static final double BET = 0.25;

    public DriftTest {
        if (!(requiredAccuracy > 0 && requiredAccuracy < 1 && alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "required accuracy " + requiredAccuracy + ", alpha " + alpha + " (expected: each between 0 and 1)");
        }
    }

    /** Before the first observation, or again after an alarm was raised. */
    public static DriftTest start(double requiredAccuracy, double alpha) {
        return new DriftTest(requiredAccuracy, alpha, 0);
    }

    public DriftTest observe(boolean correct) {
        return observe(correct ? 1.0 : 0.0);
    }

    /**
     * Observes a degree of being right, for example the belief in what was said.
     *
     * @param x in [0, 1]
     */
    public DriftTest observe(double x) {
        if (!(x >= 0 && x <= 1)) {
            throw new IllegalArgumentException("observation " + x + " (expected: 0 to 1)");
        }
        double bet = BET / (1 - requiredAccuracy);
        double next = (evidence + 1) * (1 + bet * (requiredAccuracy - x));
        return new DriftTest(requiredAccuracy, alpha, Math.min(next, MAX_EVIDENCE));
    }

    /** Whether the evidence is at or above 1/α now. */
    public boolean alarmed() {
        return evidence >= 1 / alpha;
    }
}
