package dev.heed.runner.price;

/** Who is at work when: many by day, few by night, fewer at the weekend. */
final class Shifts {
    /** Most raters who are ever at work at once. */
    static final int MOST = 12;

    private static final int[] WORKDAY = {3, MOST, 6};
    private static final int[] WEEKEND = {1, 5, 4};
    private static final int HOURS_PER_SHIFT = 8;

    private Shifts() {}

    /** Raters at work: the first so many are. */
    static int atWork(double hour) {
        int[] shifts = hour % (7 * 24) >= 5 * 24 ? WEEKEND : WORKDAY;
        return shifts[(int) (hour % 24) / HOURS_PER_SHIFT];
    }
}
