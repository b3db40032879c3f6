package dev.heed.core;

/**
 * The decision levels that the code of a stage can do.
 *
 * @param lowest from 1
 * @param highest from lowest
 */
public record Levels(int lowest, int highest) {
    /** The level of a stage that a policy does not name. */
    public static final int UNNAMED = 1;

    @Override
    public String toString() {
        return lowest + " to " + highest;
    }
}
