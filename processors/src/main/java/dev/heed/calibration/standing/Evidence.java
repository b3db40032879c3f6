package dev.heed.calibration.standing;

import dev.heed.fact.BetState;
import dev.heed.fact.RaterEvidence;
import dev.heed.math.Bets;
import dev.heed.math.GateTest;
import dev.heed.math.Micros;
import dev.heed.math.RaterTest;

/**
 * The stored form of a {@link RaterTest}. All tests of a rater have it: on gold an answer is right when it is the known
 * one, for position when the other candidate was picked, for haste when it was not fast.
 */
final class Evidence {
    private Evidence() {}

    /** @param attempt which test of its kind it is for this rater, from 1: the level is spent over all of them */
    static RaterEvidence start(long requiredMicros, long alphaMicros, int attempt) {
        Bets none = Bets.none();
        return new RaterEvidence(
                requiredMicros,
                alphaMicros,
                attempt,
                0L,
                0L,
                new BetState(none.count(), none.sum(), none.squares()),
                0.0,
                false);
    }

    static RaterEvidence after(RaterEvidence before, boolean right) {
        BetState held = before.getBets();
        RaterTest test = new RaterTest(
                        Micros.toDouble(before.getRequiredMicros()),
                        alpha(before),
                        new Bets(held.getCount(), held.getSum(), held.getSquares()),
                        before.getLogEvidence(),
                        before.getFailed())
                .observe(right);
        Bets bets = test.bets();
        return new RaterEvidence(
                before.getRequiredMicros(),
                before.getAlphaMicros(),
                before.getAttempt(),
                before.getRight() + (right ? 1 : 0),
                before.getAnswers() + 1,
                new BetState(bets.count(), bets.sum(), bets.squares()),
                test.logEvidence(),
                test.failed());
    }

    /** The test begun anew, at the level that is left for one more attempt. */
    static RaterEvidence again(RaterEvidence before) {
        return start(before.getRequiredMicros(), before.getAlphaMicros(), before.getAttempt() + 1);
    }

    /** The test as the rule now wants it: a change of the rule begins it anew. */
    static RaterEvidence under(RaterEvidence before, long requiredMicros, long alphaMicros) {
        boolean same = before.getRequiredMicros() == requiredMicros && before.getAlphaMicros() == alphaMicros;
        return same ? before : start(requiredMicros, alphaMicros, before.getAttempt() + 1);
    }

    /** Natural logarithm of the evidence that refutes. */
    static double logThreshold(RaterEvidence evidence) {
        return -StrictMath.log(alpha(evidence));
    }

    private static double alpha(RaterEvidence evidence) {
        return GateTest.alphaForAttempt(Micros.toDouble(evidence.getAlphaMicros()), evidence.getAttempt());
    }
}
