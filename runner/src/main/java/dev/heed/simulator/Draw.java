package dev.heed.simulator;

import java.util.List;

/**
 * A stream of random numbers named by a seed and by what it is for, so that a draw depends on nothing else that was
 * drawn before. SplitMix64 (Steele, Lea and Flood 2014).
 */
final class Draw {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    private Draw(long state) {
        this.state = state;
    }

    /** The stream of this purpose. Parts are told apart by their text. */
    static Draw of(long seed, Object... purpose) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (Object part : purpose) {
            String text = part.toString();
            for (int i = 0; i < text.length(); i++) {
                state = mix(state ^ text.charAt(i)) + GOLDEN_GAMMA;
            }
            state = mix(state + 1) + GOLDEN_GAMMA;
        }
        return new Draw(state);
    }

    /** From 0 up to but without 1. */
    double uniform() {
        return (bits() >>> 11) * UNIT;
    }

    /** From 0 up to but without {@code bound}. */
    int below(int bound) {
        return (int) Math.floorMod(bits() >>> 1, (long) bound);
    }

    boolean happens(double probability) {
        return uniform() < probability;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Between the two, more often near the lower: waiting times have long tails. */
    long skewed(long lowest, long highest) {
        double u = uniform();
        return lowest + (long) ((highest - lowest) * u * u * u);
    }

    private long bits() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
