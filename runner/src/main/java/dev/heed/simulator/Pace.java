package dev.heed.simulator;

/**
 * How fast the world turns. Time is compressed: a working day of the reviewers lasts seconds.
 *
 * @param durationMs how long it publishes
 * @param interactionsPerSecond how many interactions arrive in a second
 * @param dayMs length of a reviewer's day
 */
public record Pace(long durationMs, double interactionsPerSecond, long dayMs) {
    /** As in the demo. */
    public static Pace demo(long durationMs) {
        return new Pace(durationMs, 20, 20_000);
    }

    long arrivalMs(int number) {
        return (long) (number * 1000 / interactionsPerSecond);
    }
}
