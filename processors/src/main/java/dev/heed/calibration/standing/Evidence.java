package dev.heed.calibration.standing;

import dev.heed.fact.BetState;
import dev.heed.fact.RaterEvidence;
import dev.heed.math.Bets;
import dev.heed.math.Micros;
import dev.heed.math.Nanos;
import dev.heed.math.RaterTest;

/**
 * The stored form of a {@link RaterTest}. All tests of a rater have it: on gold an answer is right when it is the known
 * one, for position when the other candidate was picked, for haste when it was not fast.
 *
 * <p>It is whole billionths, and each answer goes on from what was stored after the one before: the evidence is rounded
 * down and compared as it is stored, so the level holds and a test that is recomputed never parts from the one on record.
 */
final class Evidence {
    private Evidence() {}

    /** @param attempt which test of its kind it is for this rater, from 1: the level is spent over all of them */
    static RaterEvidence start(long requiredMicros, long alphaMicros, int attempt) {
        return new RaterEvidence(requiredMicros, alphaMicros, attempt, 0L, 0L, stored(Bets.none()), 0L, false);
    }

    static RaterEvidence after(RaterEvidence before, boolean right) {
        BetState held = before.getBets();
        RaterTest test = new RaterTest(
                        Micros.toDouble(before.getRequiredMicros()),
                        alpha(before),
                        new Bets(
                                held.getCount(),
                                Nanos.toDouble(held.getSumNanos()),
                                Nanos.toDouble(held.getSquaresNanos())),
                        Nanos.toDouble(before.getLogEvidenceNanos()),
                        before.getFailed())
                .observe(right);
        long logNanos = Nanos.floor(test.logEvidence());
        return new RaterEvidence(
                before.getRequiredMicros(),
                before.getAlphaMicros(),
                before.getAttempt(),
                before.getRight() + (right ? 1 : 0),
                before.getAnswers() + 1,
                stored(test.bets()),
                logNanos,
                before.getFailed() || Bets.reaches(Nanos.toDouble(logNanos), alpha(before)));
    }

    private static BetState stored(Bets bets) {
        return new BetState((long) bets.count(), Nanos.of(bets.sum()), Nanos.of(bets.squares()));
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

    /** Natural logarithm of the evidence that refutes, in billionths. */
    static long logThresholdNanos(RaterEvidence evidence) {
        return Nanos.of(-StrictMath.log(alpha(evidence)));
    }

    private static double alpha(RaterEvidence evidence) {
        return RaterTest.alphaOfEpisode(Micros.toDouble(evidence.getAlphaMicros()), evidence.getAttempt());
    }
}
