package dev.heed.runner.price;

import dev.heed.core.Channel;
import dev.heed.event.Lane;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.TaskQueued;
import dev.heed.guarantee.LogView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** What a simulated week came to, hour by hour. Its facts are kept, for the guarantee to judge. */
final class WeekLog implements LogView {
    private final List<Logged> facts = new ArrayList<>();
    private final long[] came;
    private final long[] spent;
    private final long[] priceMicros;
    private final Map<String, Long> exploredAtMs = new HashMap<>();
    private long labels;
    private double valueMicros;
    private long exploredAnswers;
    private long exploredEarly;
    private long exploredEarlyAnswers;
    private final long lastDayMs;
    private long overdraft;
    private long longestExploredMs;
    private long dropped;
    private long criticalWaitMs;
    private long longestCriticalWaitMs;

    WeekLog(PriceWeek week) {
        this.lastDayMs = (week.hours() - 24) * PriceWeek.HOUR_MS;
        this.came = new long[week.hours()];
        this.spent = new long[week.hours()];
        this.priceMicros = new long[week.hours()];
    }

    void add(SpecificRecord fact) {
        facts.add(new Logged(Channel.QUEUES_FACTS.baseName(), 0, facts.size(), PriceWeek.POOL, fact));
    }

    void came(PriceWeek.Arrival arrival) {
        came[hour(arrival.atMs())]++;
    }

    /** @param lapses whether its rater will let it lapse, so that it is paid for and worth nothing */
    void handedOut(long nowMs, TaskLeased leased, PriceWeek.Arrival item, boolean lapses) {
        Lane lane = leased.getLease().getLane();
        if (leased.getOverdraft()) {
            overdraft++;
            return;
        }
        spent[hour(nowMs)]++;
        labels++;
        valueMicros += lapses ? 0 : item.valueMicros();
        Long since = exploredAtMs.get(item.id());
        if (lane == Lane.EXPLORATION && since != null) {
            longestExploredMs = StrictMath.max(longestExploredMs, nowMs - since);
            exploredAnswers += lapses ? 0 : 1;
            exploredEarlyAnswers += !lapses && since < lastDayMs ? 1 : 0;
        }
    }

    void explored(long nowMs, TaskQueued queued) {
        boolean first = exploredAtMs.putIfAbsent(queued.getTask().getInteractionId(), nowMs) == null;
        exploredEarly += first && nowMs < lastDayMs ? queued.getOpenSlots() : 0;
    }

    void dropped(TaskDropped task) {
        dropped += task.getReason().equals("full") ? 1 : 0;
    }

    /** @param budgetHolds whether a critical task waits that a free rater could take, so that only a budget keeps it */
    void watched(long nowMs, long price, boolean budgetHolds) {
        priceMicros[hour(nowMs)] = price;
        criticalWaitMs = budgetHolds ? criticalWaitMs + PriceWeek.TICK_MS : 0;
        longestCriticalWaitMs = StrictMath.max(longestCriticalWaitMs, criticalWaitMs);
    }

    private static int hour(long nowMs) {
        return (int) (nowMs / PriceWeek.HOUR_MS);
    }

    long[] came() {
        return came.clone();
    }

    /** Labels paid from the bucket, hour by hour. */
    long[] spent() {
        return spent.clone();
    }

    /** The price at the end of each hour. */
    long[] priceMicros() {
        return priceMicros.clone();
    }

    /** Labels paid from the bucket. */
    long labels() {
        return labels;
    }

    /** What those that were answered are worth. */
    double valueMicros() {
        return valueMicros;
    }

    /** Answers to tasks of the exploration lane. */
    long exploredAnswers() {
        return exploredAnswers;
    }

    long overdraft() {
        return overdraft;
    }

    /** Of the labels that the exploration lane kept before the last day, the share answered. */
    double exploredShare() {
        return exploredEarly == 0 ? 1 : (double) exploredEarlyAnswers / exploredEarly;
    }

    long longestExploredMs() {
        return longestExploredMs;
    }

    long dropped() {
        return dropped;
    }

    long longestCriticalWaitMs() {
        return longestCriticalWaitMs;
    }

    @Override
    public List<Logged> records(Channel channel) {
        return channel == Channel.QUEUES_FACTS ? facts : List.of();
    }
}
