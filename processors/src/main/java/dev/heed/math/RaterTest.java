package dev.heed.math;

import java.util.List;

/**
 * Tests a rater on gold, one answer after the other: H0 is that the rater is as accurate as required.
 *
 * <p>K_t = Π (1 + λ_t (a − x_t)) is an e-process, so a rater who meets the requirement is ever suspended with
 * probability at most α, however often one looks. Only first, blind answers may be observed. See {@link Bets} for how to
 * store the state.
 *
 * @param requiredAccuracy a, in (0, 1)
 * @param alpha level of this episode, in (0, 1)
 * @param bets moments of the answers
 * @param logEvidence natural logarithm of K, the evidence against the rater
 * @param failed whether K ever reached 1/α; stays once it is so
 */
public record RaterTest(double requiredAccuracy, double alpha, Bets bets, double logEvidence, boolean failed) {
    public RaterTest {
        requireWithin("required accuracy", requiredAccuracy);
        requireWithin("alpha", alpha);
    }

    /**
     * Before the first answer.
     *
     * @param episode as for {@link #alphaOfEpisode}
     */
    public static RaterTest start(double requiredAccuracy, double alpha, int episode) {
        return new RaterTest(requiredAccuracy, alphaOfEpisode(alpha, episode), Bets.none(), 0, false);
    }

    /**
     * The level of one episode: all of α in the first, for nobody is falsely suspended at all who is not in the first. After
     * a return the k-th has 6α/(π²k²), or false suspensions would grow without bound over a life.
     *
     * @param episode 1 for the first time the rater is active, one more after each return from a suspension
     */
    public static double alphaOfEpisode(double alpha, int episode) {
        return episode == 1 ? alpha : GateTest.alphaForAttempt(alpha, episode);
    }

    /** The test over answers that were kept: how corrected gold is recomputed. */
    public static RaterTest over(List<Boolean> answers, double requiredAccuracy, double alpha, int episode) {
        RaterTest test = start(requiredAccuracy, alpha, episode);
        for (boolean correct : answers) {
            test = test.observe(correct);
        }
        return test;
    }

    public RaterTest observe(boolean correct) {
        double x = correct ? 1 : 0;
        double stake = bets.stake(alpha, Bets.LARGEST_LOSS / (1 - requiredAccuracy));
        double next = logEvidence + StrictMath.log(1 + stake * (requiredAccuracy - x));
        return new RaterTest(requiredAccuracy, alpha, bets.after(x), next, failed || Bets.reaches(next, alpha));
    }

    private static void requireWithin(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + " (expected: between 0 and 1)");
        }
    }
}
