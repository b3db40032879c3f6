package dev.heed.bench.faults;

import java.util.SplittableRandom;

/** When each kill comes: by the seed and its number alone, so that a run can be had again. */
final class KillTimes {
    /** Half of the kills come while the loop starts: between two and this many milliseconds after its process began. */
    static final int STARTING_MS = 6_000;
    /** The others come while it works: within this many milliseconds after it first did. */
    static final int WORKING_MS = 4_000;

    /**
     * One kill.
     *
     * @param working counted from when the loop first worked, else from when its process began
     */
    record Kill(boolean working, long afterMs) {}

    private KillTimes() {}

    /** The kill with this number, from 0. */
    static Kill of(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        random.nextLong(); // The first of neighbouring seeds are alike in their low bits.
        boolean working = random.nextBoolean();
        return new Kill(working, 2 + random.nextInt(working ? WORKING_MS : STARTING_MS));
    }
}
