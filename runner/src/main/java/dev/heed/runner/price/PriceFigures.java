package dev.heed.runner.price;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.guarantee.SpendIsBounded;
import java.util.List;
import java.util.Locale;

/**
 * What a week came to.
 *
 * @param spentShare labels paid from the bucket as a share of the budget that can be spent, over the hours in which
 *     demand and staffing allow the whole of it
 * @param hoursAllowing how many hours those are
 * @param meanValueShare mean value of the labels handed out, as a share of the oracle's
 * @param valueShare value of all labels handed out, as a share of the oracle's
 * @param breaches breaches of the hard cap and the other laws of spending
 * @param longestCriticalWaitMs longest time a critical item waited while a rater was free
 * @param exploredShare of the labels that the exploration lane kept before the last day, the share answered
 */
record PriceFigures(
        LoadShape load,
        long seed,
        long items,
        long labels,
        double spentShare,
        int hoursAllowing,
        double meanValueShare,
        double valueShare,
        int breaches,
        long overdraft,
        long longestCriticalWaitMs,
        long exploredLabels,
        double exploredShare,
        long longestExploredMs,
        long[] came,
        long[] spent,
        long[] priceMicros) {
    static PriceFigures of(PriceWeek week) {
        List<PriceWeek.Arrival> arrivals = week.arrivals();
        WeekLog log = new PriceRun(week).run(arrivals);
        Oracle oracle = Oracle.of(week, arrivals);
        double[] spendable = Spender.spend(week, arrivals);
        long spent = 0;
        double most = 0;
        int hours = 0;
        for (int hour = 0; hour < spendable.length; hour++) {
            boolean allows = Spender.allows(week, spendable[hour]);
            spent += allows ? log.spent()[hour] : 0;
            most += allows ? spendable[hour] : 0;
            hours += allows ? 1 : 0;
        }
        double mean = log.valueMicros() / log.labels();
        double oracleMean = oracle.valueMicros() / oracle.labels();
        return new PriceFigures(
                week.load(),
                week.seed(),
                arrivals.size(),
                log.labels(),
                spent / most,
                hours,
                mean / oracleMean,
                log.valueMicros() / oracle.valueMicros(),
                new SpendIsBounded().breaches(log).size(),
                log.overdraft(),
                log.longestCriticalWaitMs(),
                log.exploredAnswers(),
                log.exploredShare(),
                log.longestExploredMs(),
                log.came(),
                log.spent(),
                log.priceMicros());
    }

    /** The head of the lines that {@link #line} prints. */
    static String head() {
        return String.format(
                Locale.ROOT,
                "%-10s %5s %7s %7s %8s %6s %10s %11s %8s %9s %8s %9s %8s",
                "load",
                "seed",
                "items",
                "labels",
                "spent",
                "hours",
                "mean value",
                "total value",
                "breaches",
                "overdraft",
                "waited",
                "explored",
                "served");
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-10s %5d %7d %7d %7.2f%% %6d %9.1f%% %10.1f%% %8d %9d %7ds %9d %7.1f%%",
                load.name().toLowerCase(Locale.ROOT),
                seed,
                items,
                labels,
                100 * spentShare,
                hoursAllowing,
                100 * meanValueShare,
                100 * valueShare,
                breaches,
                overdraft,
                longestCriticalWaitMs / 1000,
                exploredLabels,
                100 * exploredShare);
    }

    ObjectNode json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("load", load.name().toLowerCase(Locale.ROOT));
        json.put("seed", seed);
        json.put("items", items);
        json.put("labels", labels);
        json.put("spent_share", spentShare);
        json.put("hours_allowing", hoursAllowing);
        json.put("mean_value_share", meanValueShare);
        json.put("value_share", valueShare);
        json.put("breaches", breaches);
        json.put("overdraft_labels", overdraft);
        json.put("longest_critical_wait_ms", longestCriticalWaitMs);
        json.put("explored_labels", exploredLabels);
        json.put("explored_share", exploredShare);
        json.put("longest_explored_wait_ms", longestExploredMs);
        return json;
    }
}
