package dev.heed.runner.price;

import java.util.List;

/**
 * Hands out whatever is wanted at all, the oldest first, as fast as bucket and staff allow, and forgets nothing. It says
 * in which hours the budget could be spent: those in which it spends it.
 */
final class Spender {
    /** An hour in which at least this part of the budget is spent counts as one that allows it. */
    private static final double ALL = 0.995;

    private Spender() {}

    /** What it spends in each hour, in labels. */
    static double[] spend(PriceWeek week, List<PriceWeek.Arrival> arrivals) {
        double[] spentByHour = new double[week.hours()];
        double income = (double) week.pool().getBudgetPerHour() * PriceWeek.TICK_MS / PriceWeek.HOUR_MS;
        double room = week.pool().getBucketCapacity();
        double tokens = room;
        double wanted = 0;
        int next = 0;
        for (int hour = 0; hour < spentByHour.length; hour++) {
            double spent = 0;
            for (long tick = hour * PriceWeek.HOUR_MS / PriceWeek.TICK_MS;
                    tick < (hour + 1) * PriceWeek.HOUR_MS / PriceWeek.TICK_MS;
                    tick++) {
                for (; next < arrivals.size() && arrivals.get(next).atMs() <= tick * PriceWeek.TICK_MS; next++) {
                    wanted += isWanted(week, arrivals.get(next))
                            ? arrivals.get(next).labels()
                            : 0;
                }
                double staffed = Shifts.atWork(PriceWeek.hour(tick)) * PriceWeek.TICK_MS / PriceWeek.MEAN_WORK_MS;
                tokens = StrictMath.min(room, tokens + income);
                double handedOut = StrictMath.min(tokens, StrictMath.min(staffed, wanted));
                tokens -= handedOut;
                wanted -= handedOut;
                spent += handedOut;
            }
            spentByHour[hour] = spent;
        }
        return spentByHour;
    }

    /** Whether demand and staffing allow an hour's whole budget to be spent. */
    static boolean allows(PriceWeek week, double spentInHour) {
        return spentInHour >= ALL * week.pool().getBudgetPerHour();
    }

    /** At the lowest price there is. */
    private static boolean isWanted(PriceWeek week, PriceWeek.Arrival arrival) {
        return arrival.critical()
                || arrival.valueMicros()
                        >= PriceWeek.LABEL_COST_MICROS + week.pool().getMinPriceMicros();
    }
}
