package dev.heed.gates;

import dev.heed.core.Keys;

/** Where gates keep their state. */
public final class GateKeys {
    private GateKeys() {}

    /** A {@link dev.heed.state.GateState}. */
    public static String gate(String candidateId) {
        return Keys.of("gate", candidateId);
    }

    /** The {@link dev.heed.state.ClusterPlace} of a cluster. */
    public static String place(String candidateId, String slice, String cluster) {
        return Keys.of("place", candidateId, slice, cluster);
    }

    /** The {@link dev.heed.state.ClusterResult} that waits at a place in the order of bets. */
    public static String result(String candidateId, String slice, int position) {
        return Keys.of("result", candidateId, slice, Keys.ascending(position));
    }

    /** The {@link dev.heed.state.Timer} of a deadline, the earliest first. */
    public static String deadline(long deadlineMs, String candidateId) {
        return Keys.of("deadline", Keys.ascending(deadlineMs), candidateId);
    }

    public static String deadlines() {
        return Keys.prefix("deadline");
    }

    /** The {@link dev.heed.state.Timer} of the end of a block, the earliest first. */
    public static String blocked(long untilMs, String candidateId) {
        return Keys.of("blocked", Keys.ascending(untilMs), candidateId);
    }

    public static String blocked() {
        return Keys.prefix("blocked");
    }

    /** The {@link dev.heed.state.GateWaiting} of a gate with work left over. */
    public static String waiting(String candidateId) {
        return Keys.of("waiting", candidateId);
    }

    public static String waiting() {
        return Keys.prefix("waiting");
    }
}
