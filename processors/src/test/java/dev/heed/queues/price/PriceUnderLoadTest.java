package dev.heed.queues.price;

import static dev.heed.queues.QueuePolicies.LABEL_COST_MICROS;
import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.heed.StageTrial;
import dev.heed.event.RequestTasks;
import dev.heed.fact.TaskLeased;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskAnswered;
import dev.heed.queues.QueueReader;
import dev.heed.queues.QueueStory;
import dev.heed.queues.QueuesStage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * A day in which what is worth a label varies fifty-fold while the budget stays the same. Items ask at the price they
 * were told, two raters answer all they are given.
 */
class PriceUnderLoadTest {
    private static final long TICK_MS = 10_000;
    private static final int TICKS_PER_HOUR = 360;
    private static final long FLOOR_MICROS = 1_000;
    private static final int BUDGET_PER_HOUR = 120;

    private final StageTrial trial = new StageTrial(QueuesStage.create("load".getBytes(StandardCharsets.UTF_8)));
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Long> prices = new ArrayList<>();
    private final List<LeaseGranted> held = new ArrayList<>();
    private int items;
    private int handedOut;

    @Test
    void thePriceRisesWhenDemandExceedsTheBudgetAndComesBack() {
        trial.tickAfter(1_700_000_000_000L);
        trial.sendPublic(
                "policies",
                policy(
                        1,
                        pool(POOL)
                                .setBudgetPerHour(BUDGET_PER_HOUR)
                                .setBucketCapacity(40)
                                .setQueueCapacity(200)
                                .build()));
        for (String rater : List.of("ann", "bob")) {
            trial.sendPublic(rater, QueueStory.profile(rater).build());
        }

        run(2, 60);
        assertThat(prices).as("a quiet morning").containsOnly(FLOOR_MICROS);

        int before = handedOut;
        run(2, 3_000);
        assertThat(prices.subList(TICKS_PER_HOUR, prices.size()))
                .as("after the first hour of the rush")
                .allMatch(price -> price > 5 * FLOOR_MICROS);
        // The budget serves one item in 25, so the price should come to what the best 4 % are worth: 20 000 * 200^0.96.
        assertThat(prices.get(prices.size() - 1)).isCloseTo(3_236_000L, withinPercentage(15));
        assertThat(handedOut - before)
                .as("the rush spends its budget, and no more")
                .isBetween(2 * BUDGET_PER_HOUR * 9 / 10, 2 * BUDGET_PER_HOUR + 40);

        run(4, 60);
        assertThat(prices.get(prices.size() - 1)).as("a quiet evening").isEqualTo(FLOOR_MICROS);
        trial.checkReplay();
    }

    private void run(int hours, int itemsPerHour) {
        prices.clear();
        for (int tick = 0; tick < hours * TICKS_PER_HOUR; tick++) {
            long price = new QueueReader(trial.state(), POOL).exists() ? price() : FLOOR_MICROS;
            for (int due = arrivals(itemsPerHour); due > 0; due--) {
                // Values over two hundredfold, as many in each doubling.
                long value = (long) (20_000 * StrictMath.pow(200, random.nextDouble()));
                if (value >= LABEL_COST_MICROS + price) {
                    note(trial.send(POOL, QueueStory.task("i" + ++items, value).build()));
                }
            }
            work();
            note(trial.tickAfter(TICK_MS));
            if (new QueueReader(trial.state(), POOL).exists()) {
                prices.add(price());
            }
        }
    }

    private int arrivals(int perHour) {
        int sure = perHour / TICKS_PER_HOUR;
        return sure + (random.nextInt(TICKS_PER_HOUR) < perHour % TICKS_PER_HOUR ? 1 : 0);
    }

    private void work() {
        List<LeaseGranted> due = List.copyOf(held);
        held.clear();
        for (LeaseGranted lease : due) {
            note(trial.send(
                    POOL, new TaskAnswered(lease.getInteractionId(), lease.getQuestionId(), POOL, lease.getRaterId())));
        }
        for (String rater : List.of("ann", "bob")) {
            ActionAccepted request = ActionAccepted.newBuilder()
                    .setEventId(rater + " at " + trial.nowMs())
                    .setActor(rater)
                    .setRequestTasks(new RequestTasks(POOL, rater, 3))
                    .build();
            note(trial.sendPublic(POOL, request));
        }
    }

    private void note(List<SpecificRecord> facts) {
        for (TaskLeased leased : QueueStory.of(TaskLeased.class, facts)) {
            held.add(leased.getLease());
            handedOut++;
        }
    }

    private long price() {
        return new QueueReader(trial.state(), POOL).price().getPriceMicros();
    }
}
