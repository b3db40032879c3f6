package dev.heed.runner.price;

import java.util.List;
import java.util.PriorityQueue;

/**
 * What could have been done by somebody who saw the whole week ahead, with the same budget, bucket and staff.
 *
 * <p>A label may be handed out from the moment its item comes on, for as long as that moment is past. So a set of labels
 * can be handed out if and only if, from every moment on, those of the set that come from then on are no more than what
 * bucket and staff can still hand out from then on, starting with a full bucket. (Rado's theorem for polymatroids: what
 * can be handed out in each stretch of time is one, because saving tokens is a flow.) Such nested bounds make a matroid,
 * so taking the most valuable label that still fits is the best choice there is. One pass from the week's end does it:
 * each stretch adds its labels, and the least valuable go until the bound holds.
 *
 * <p>It is a bound, not a plan: within a stretch of {@link #STRETCH_TICKS} ticks it may serve before it knows, it reads
 * every rater's language, and it owes nothing to exploration.
 *
 * @param labels how many labels it hands out
 * @param valueMicros what they are worth in all
 */
record Oracle(long labels, double valueMicros) {
    /** One minute. */
    private static final int STRETCH_TICKS = 6;

    static Oracle of(PriceWeek week, List<PriceWeek.Arrival> arrivals) {
        double[] staffed = staffed(week);
        PriorityQueue<Long> chosen = new PriorityQueue<>();
        int next = arrivals.size() - 1;
        for (int stretch = staffed.length - 1; stretch >= 0; stretch--) {
            long fromMs = stretch * STRETCH_TICKS * PriceWeek.TICK_MS;
            for (; next >= 0 && arrivals.get(next).atMs() >= fromMs; next--) {
                for (int label = 0; label < arrivals.get(next).labels(); label++) {
                    chosen.add(arrivals.get(next).valueMicros());
                }
            }
            long most = (long) StrictMath.ceil(mostFrom(week, staffed, stretch));
            while (chosen.size() > most) {
                chosen.remove();
            }
        }
        return new Oracle(
                chosen.size(), chosen.stream().mapToDouble(Long::doubleValue).sum());
    }

    /** Labels that the raters at work can take in each stretch. */
    private static double[] staffed(PriceWeek week) {
        double[] staffed = new double[(int) (week.ticks() / STRETCH_TICKS)];
        for (int stretch = 0; stretch < staffed.length; stretch++) {
            double hour = PriceWeek.hour((long) stretch * STRETCH_TICKS);
            staffed[stretch] = Shifts.atWork(hour) * STRETCH_TICKS * PriceWeek.TICK_MS / PriceWeek.MEAN_WORK_MS;
        }
        return staffed;
    }

    /** Most labels that can be handed out from a stretch to the end: whatever tokens and staff allow, at once. */
    private static double mostFrom(PriceWeek week, double[] staffed, int from) {
        double income = (double) week.pool().getBudgetPerHour() * STRETCH_TICKS * PriceWeek.TICK_MS / PriceWeek.HOUR_MS;
        double room = week.pool().getBucketCapacity();
        double tokens = room;
        double most = 0;
        for (int stretch = from; stretch < staffed.length; stretch++) {
            double handedOut = StrictMath.min(tokens + income, staffed[stretch]);
            most += handedOut;
            tokens = StrictMath.min(room, tokens + income - handedOut);
        }
        return most;
    }
}
