package dev.heed.math;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tests one slice of a candidate against its reference: not worse than the margin, or worse?
 *
 * <p>Two e-processes bet on x = (d + 1) / 2 with m = (1 − δ) / 2: K⁺ = Π (1 + min(λ_t, ½/m)(x − m)) is evidence to PASS,
 * K⁻ = Π (1 + min(λ_t, ½/(1 − m))(m − x)) to FAIL, each at 1/α. They hold at every look if, and only if, clusters come in
 * an order that their results had no part in: a gap-free prefix of the secret hash order. See {@link Bets} for how to
 * store the state.
 *
 * @param margin δ, how much worse the candidate may be, in [0, 1)
 * @param alpha level of this attempt, in (0, 1)
 * @param bets moments of x; one stake serves both sides, since all it must not know is what comes next
 * @param passLogEvidence natural logarithm of K⁺, the evidence that the slice is not worse than the margin
 * @param failLogEvidence natural logarithm of K⁻, the evidence that it is
 * @param verdict the first side to reach 1/α; stays once it is decided
 * @param decidedAt the number of observations at the verdict, 0 while there is none
 * @param digits how much of each number is kept from one observation to the next
 */
public record GateTest(
        double margin,
        double alpha,
        Bets bets,
        double passLogEvidence,
        double failLogEvidence,
        Verdict verdict,
        long decidedAt,
        Digits digits) {
    /** How much of each number is kept from one observation to the next. */
    public enum Digits {
        /** All of it: the formula itself. */
        ALL,
        /** Whole nanos, as a stage stores them: evidence rounded down, which keeps its level, moments to the nearest. */
        NANOS;

        double evidence(double logEvidence) {
            return this == ALL ? logEvidence : Nanos.toDouble(Nanos.floor(logEvidence));
        }

        Bets moments(Bets bets) {
            return this == ALL ? bets : bets.stored();
        }
    }

    /** What the evidence says of a slice. A slice without observations is inconclusive like one with too few. */
    public enum Verdict {
        INCONCLUSIVE,
        PASS,
        FAIL
    }

    public GateTest {
        if (!(margin >= 0 && margin < 1 && alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("margin " + margin + ", alpha " + alpha
                    + " (expected: margin from 0 to below 1, alpha between 0 and 1)");
        }
    }

    /**
     * Before the first cluster.
     *
     * @param attempt 1 for the first candidate on this holdout, one more for each further one
     */
    public static GateTest start(double margin, double alpha, int attempt) {
        return new GateTest(
                margin, alphaForAttempt(alpha, attempt), Bets.none(), 0, 0, Verdict.INCONCLUSIVE, 0, Digits.ALL);
    }

    /** 6α/(π²k²): what the k-th attempt may use so that all attempts together stay within α. */
    public static double alphaForAttempt(double alpha, int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt " + attempt + " (expected: at least 1)");
        }
        double k = attempt;
        return 6 * alpha / (StrictMath.PI * StrictMath.PI * k * k);
    }

    /**
     * Observes the next cluster.
     *
     * @param difference d = candidate − reference, in [−1, 1]
     */
    public GateTest observe(double difference) {
        return observe(difference, difference);
    }

    /**
     * Observes a cluster of which results are missing at the deadline. They count as lost for PASS and as won for FAIL, so
     * that neither verdict can come from withholding them.
     *
     * @param forPass its difference if the candidate lost all that is missing, in [−1, 1]
     * @param forFail its difference if the candidate won all that is missing, in [−1, 1]
     */
    public GateTest observe(double forPass, double forFail) {
        double m = (1 - margin) / 2;
        double passX = scaled(forPass);
        double failX = scaled(forFail);
        double passStake = bets.stake(alpha, Bets.LARGEST_LOSS / m);
        double failStake = bets.stake(alpha, Bets.LARGEST_LOSS / (1 - m));
        double nextPass = digits.evidence(passLogEvidence + StrictMath.log(1 + passStake * (passX - m)));
        double nextFail = digits.evidence(failLogEvidence + StrictMath.log(1 + failStake * (m - failX)));
        Bets nextBets = digits.moments(bets.after(passX));
        Verdict next = verdict == Verdict.INCONCLUSIVE ? reached(nextPass, nextFail) : verdict;
        long at = next == verdict ? decidedAt : nextBets.observations();
        return new GateTest(margin, alpha, nextBets, nextPass, nextFail, next, at, digits);
    }

    private Verdict reached(double nextPass, double nextFail) {
        if (Bets.reaches(nextFail, alpha)) {
            return Verdict.FAIL;
        }
        return Bets.reaches(nextPass, alpha) ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    private static double scaled(double difference) {
        if (!(difference >= -1 && difference <= 1)) {
            throw new IllegalArgumentException("difference " + difference + " (expected: -1 to 1)");
        }
        return (difference + 1) / 2;
    }

    /**
     * The upper bound on a rate when it was seen in none of n: 1 − α^(1/n).
     *
     * @param n at least 0; nothing seen bounds nothing, so it is then 1
     */
    public static double zeroToleranceBound(long n, double alpha) {
        return n == 0 ? 1 : -StrictMath.expm1(StrictMath.log(alpha) / n);
    }

    /**
     * The slices that may be named as failed, by e-BH (Wang and Ramdas 2022): the k with the largest evidence, for the
     * largest k with e_(k) ≥ S / (α k). Among those named at most a share α is expected to be wrong.
     *
     * @param logEvidence for each of the S slices the logarithm of its evidence to FAIL
     * @return indexes in ascending order
     */
    public static List<Integer> failedSlices(double[] logEvidence, double alpha) {
        List<Integer> byEvidence = new ArrayList<>();
        for (int i = 0; i < logEvidence.length; i++) {
            byEvidence.add(i);
        }
        byEvidence.sort(Comparator.comparingDouble((Integer i) -> -logEvidence[i]));
        int named = 0;
        for (int k = 1; k <= logEvidence.length; k++) {
            double needed = StrictMath.log(logEvidence.length / (alpha * k));
            if (logEvidence[byEvidence.get(k - 1)] >= needed) {
                named = k;
            }
        }
        return byEvidence.subList(0, named).stream().sorted().toList();
    }
}
