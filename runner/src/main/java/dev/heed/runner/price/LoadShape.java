package dev.heed.runner.price;

import java.util.SplittableRandom;

/** How the number of items that come varies over the week: fifty-fold, each shape in its own way. */
enum LoadShape {
    /** A peak every afternoon, lower at the weekend. */
    DAILY {
        @Override
        double level(double hour, SplittableRandom noise) {
            double daytime = StrictMath.max(0, StrictMath.cos((hour % 24 - 14) / 24 * 2 * StrictMath.PI));
            double weekend = hour >= 5 * 24 ? 0.6 : 1;
            return daytime * weekend;
        }
    },
    /** A peak every evening, when fewer are at work, and the highest at the weekend. */
    EVENING {
        @Override
        double level(double hour, SplittableRandom noise) {
            double evening = StrictMath.max(0, StrictMath.cos((hour % 24 - 21) / 24 * 2 * StrictMath.PI));
            double weekend = hour >= 5 * 24 ? 1 : 0.8;
            return evening * weekend;
        }
    },
    /** Quiet, with outbreaks at any hour that last some hours each. */
    OUTBREAKS {
        @Override
        double level(double hour, SplittableRandom noise) {
            return noise.nextInt(5) == 0 ? 1 : noise.nextDouble() * 0.5;
        }
    };

    /** The least and the most that come are this far apart. */
    static final double FOLD = 50;

    private static final int HOURS_PER_LEVEL = 3;

    /** @return 0 for the least that comes, 1 for the most */
    abstract double level(double hour, SplittableRandom noise);

    /**
     * Items per hour at a moment of the week.
     *
     * @param hour since the week began, on a Monday
     * @param leastPerHour items per hour at the quietest
     */
    double perHour(double hour, double leastPerHour, long seed) {
        long stretch = (long) hour / HOURS_PER_LEVEL;
        SplittableRandom noise = new SplittableRandom(seed * 1_000_003 + stretch);
        return leastPerHour * StrictMath.pow(FOLD, StrictMath.min(1, level(hour, noise)));
    }
}
