package dev.heed.calibration.standing;

import dev.heed.fact.RaterEvidence;
import dev.heed.policy.RaterTrust;
import dev.heed.state.RaterTrack;

/**
 * The gold answers of one rater, as they are kept: the latest one by one, the earlier as the test over them.
 *
 * <p>Corrected gold is recomputed from what is kept one by one, exactly as if it had been right from the start.
 */
final class GoldAnswers {
    private static final char RIGHT = '1';
    private static final char WRONG = '0';

    private GoldAnswers() {}

    /** Number that the next gold answer of the rater will have. */
    static long nextSequence(RaterTrack track) {
        return track.getFirstSequence() + track.getOutcomes().length();
    }

    /** The track under the rule in force: one that asks for something else begins a new test. */
    static RaterTrack under(RaterTrack track, RaterTrust rule) {
        RaterEvidence now = Evidence.under(track.getGold(), rule.getRequiredAccuracyMicros(), rule.getAlphaMicros());
        return now == track.getGold() ? track : begun(track, now);
    }

    /** The track with a new test, which the answers so far are no part of. */
    static RaterTrack begun(RaterTrack track, RaterEvidence test) {
        return RaterTrack.newBuilder(track)
                .setGold(test)
                .setGoldBase(test)
                .setTestSequence(nextSequence(track))
                .build();
    }

    /**
     * The track after one more gold answer.
     *
     * @param memory how many answers are kept one by one
     */
    static RaterTrack plus(RaterTrack track, boolean right, int memory) {
        RaterTrack after = RaterTrack.newBuilder(track)
                .setGold(Evidence.after(track.getGold(), right))
                .setOutcomes(track.getOutcomes() + (right ? RIGHT : WRONG))
                .build();
        return forgetting(after, memory);
    }

    private static RaterTrack forgetting(RaterTrack track, int memory) {
        int forgotten = Math.max(0, track.getOutcomes().length() - memory);
        RaterEvidence base = track.getGoldBase();
        for (int i = 0; i < forgotten; i++) {
            boolean inTest = track.getFirstSequence() + i >= track.getTestSequence();
            base = inTest ? Evidence.after(base, isAt(track, i)) : base;
        }
        return RaterTrack.newBuilder(track)
                .setGoldBase(base)
                .setOutcomes(track.getOutcomes().substring(forgotten))
                .setFirstSequence(track.getFirstSequence() + forgotten)
                .build();
    }

    /** Whether the answer is still kept one by one. */
    static boolean isKept(RaterTrack track, long sequence) {
        return sequence >= track.getFirstSequence() && sequence < nextSequence(track);
    }

    private static boolean isAt(RaterTrack track, int index) {
        return track.getOutcomes().charAt(index) == RIGHT;
    }

    /** Whether an answer that is kept is right. */
    static boolean isRight(RaterTrack track, long sequence) {
        return isAt(track, (int) (sequence - track.getFirstSequence()));
    }

    /** The track as if the answer had been this from the start. */
    static RaterTrack corrected(RaterTrack track, long sequence, boolean right) {
        StringBuilder outcomes = new StringBuilder(track.getOutcomes());
        outcomes.setCharAt((int) (sequence - track.getFirstSequence()), right ? RIGHT : WRONG);
        return recomputed(
                RaterTrack.newBuilder(track).setOutcomes(outcomes.toString()).build());
    }

    /** The track with its test computed again from what is kept. */
    static RaterTrack recomputed(RaterTrack track) {
        RaterEvidence test = track.getGoldBase();
        for (int i = 0; i < track.getOutcomes().length(); i++) {
            boolean inTest = track.getFirstSequence() + i >= track.getTestSequence();
            test = inTest ? Evidence.after(test, isAt(track, i)) : test;
        }
        return RaterTrack.newBuilder(track).setGold(test).build();
    }

    /** How many of the latest answers are right; only answers under the present status count. */
    static long rightOfLatest(RaterTrack track, int latest) {
        long from =
                Math.max(nextSequence(track) - latest, Math.max(track.getEntrySequence(), track.getFirstSequence()));
        long right = 0;
        for (long sequence = from; sequence < nextSequence(track); sequence++) {
            right += isRight(track, sequence) ? 1 : 0;
        }
        return right;
    }

    /** Answers under the present status. */
    static long sinceEntry(RaterTrack track) {
        return nextSequence(track) - track.getEntrySequence();
    }
}
