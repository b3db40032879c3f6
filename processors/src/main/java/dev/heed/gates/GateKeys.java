package dev.heed.gates;

import dev.heed.core.Keys;
import dev.heed.event.Blocker;

/** Where gates keep their state. */
public final class GateKeys {
    /** Journal key of the one partition in which attempts are counted. */
    public static final String ATTEMPTS = "attempts";

    private GateKeys() {}

    /** A {@link dev.heed.state.GateState}. */
    public static String gate(String candidateId) {
        return Keys.of("gate", candidateId);
    }

    /** The {@link dev.heed.state.ClusterPlace} of a cluster. */
    public static String place(String candidateId, String metric, String slice, String cluster) {
        return Keys.of("place", candidateId, metric, slice, cluster);
    }

    /** The {@link dev.heed.state.ExampleResult} of an example. */
    public static String example(String candidateId, String metric, String slice, String cluster, String example) {
        return Keys.of("example", candidateId, metric, slice, cluster, example);
    }

    /** The {@link dev.heed.state.ClusterResult} that waits at a place in the order of bets. */
    public static String result(String candidateId, String metric, String slice, int position) {
        return Keys.of("result", candidateId, metric, slice, Keys.ascending(position));
    }

    /** The {@link dev.heed.state.AttemptCount} of a line or a holdout. */
    public static String attempts(String sort, String name) {
        return Keys.of("attempts", sort, name);
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

    /** The {@link dev.heed.state.Timer} of the end of a vote to overrule, the earliest first. */
    public static String vote(long untilMs, String candidateId) {
        return Keys.of("vote", Keys.ascending(untilMs), candidateId);
    }

    public static String votes() {
        return Keys.prefix("vote");
    }

    /** The {@link dev.heed.state.GateWaiting} of a gate with work left over. */
    public static String waiting(String candidateId) {
        return Keys.of("waiting", candidateId);
    }

    public static String waiting() {
        return Keys.prefix("waiting");
    }

    /** The {@link dev.heed.state.GateWaiting} of a gate whose late results are not told of yet. */
    public static String late(String candidateId) {
        return Keys.of("late", candidateId);
    }

    public static String late() {
        return Keys.prefix("late");
    }

    /** The {@link dev.heed.state.GateWaiting} of a gate that is held back, or whose pass can be taken back. */
    public static String watched(String candidateId) {
        return Keys.of("watched", candidateId);
    }

    public static String watched() {
        return Keys.prefix("watched");
    }

    /** The {@link dev.heed.state.GateLook} in progress. */
    public static String look() {
        return "look";
    }

    /** The {@link dev.heed.journal.SealedVersion} of a dataset, by its name with the number. */
    public static String sealed(String version) {
        return Keys.of("sealed", version);
    }

    /** A {@link dev.heed.state.HeldConcern}, by what it is about. */
    public static String about(Blocker blocker, String sort, String name, String concernId) {
        return Keys.of("about", blocker.name(), sort, name, concernId);
    }

    /** The concerns about something. */
    public static String about(Blocker blocker, String sort, String name) {
        return Keys.prefix("about", blocker.name(), sort, name);
    }
}
