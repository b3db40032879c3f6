package dev.heed.runner.price;

import dev.heed.event.FeedbackKind;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in a simulated week, whatever is decided about it: which items come when, what a label of each is worth,
 * and the terms of the pool.
 *
 * @param hours how many hours are simulated, from Monday midnight
 */
record PriceWeek(LoadShape load, long seed, int hours, Pool pool) {
    static final long TICK_MS = 10_000;
    static final long HOUR_MS = 3_600_000;
    static final String POOL = "trust";
    static final String QUESTION = "violation";

    /** Cost of a label, in micros of loss. */
    static final long LABEL_COST_MICROS = 10_000;
    /** Share of items that fail the price test and are explored all the same. */
    static final double EXPLORATION = 0.05;
    /** How long a rater works on a task, on average. */
    static final double MEAN_WORK_MS = 60_000;

    private static final double LEAST_PER_HOUR = 9;
    private static final double MEDIAN_VALUE_MICROS = 100_000;
    /** The values spread by this many natural logarithms; a tenth are worth five times the median and more. */
    private static final double VALUE_SPREAD = 1.25;

    private static final double CRITICAL_SHARE = 0.005;
    private static final int MOST_LABELS = 3;

    /**
     * An item that comes.
     *
     * @param valueMicros what one label is worth, times novelty
     * @param labels how many it wants
     */
    record Arrival(long atMs, String id, long valueMicros, int labels, boolean critical) {}

    static PriceWeek of(LoadShape load, long seed) {
        return new PriceWeek(load, seed, 7 * 24, terms());
    }

    /** The pool's terms. Its horizon is long enough to bring work from the day's peak into the night. */
    static Pool terms() {
        return Pool.newBuilder()
                .setPool(POOL)
                .setBudgetPerHour(120)
                .setBucketCapacity(60)
                .setExplorationShareMicros(Micros.ONE / 20)
                .setHorizonMs(24 * HOUR_MS)
                .setMinPriceMicros(1_000)
                .setPriceSmoothingMicros(Micros.ONE / 5)
                .setMaxPriceStepMicros(Micros.ONE / 4)
                .setQueueCapacity(5_000)
                .setLeaseMs(600_000)
                .setRetryAfterMs(1_800_000)
                .setRequestTtlMs(300_000)
                .build();
    }

    Policy policy() {
        return Policy.newBuilder()
                .setEventId("policy-1")
                .setPolicyVersion(1)
                .setName("price")
                .setOccurredAtMs(0)
                .setQuestions(List.of(Question.newBuilder()
                        .setQuestionId(QUESTION)
                        .setClasses(List.of("no", "yes"))
                        .setKind(FeedbackKind.LABEL)
                        .setLoss(List.of())
                        .setLabelCostMicros(LABEL_COST_MICROS)
                        .setMinRaters(1)
                        .setMaxRaters(MOST_LABELS)
                        .setLookAhead(3)
                        .setPool(POOL)
                        .setRubricVersion("1")
                        .build()))
                .setPools(List.of(pool))
                .setEscalationLevels(List.of())
                .setExplorationMicros(Micros.of(EXPLORATION))
                .setNoveltyHalfLifeMs(HOUR_MS)
                .setHoldoutMicros(0)
                .build();
    }

    long ticks() {
        return hours * HOUR_MS / TICK_MS;
    }

    /** All that comes, in order. */
    List<Arrival> arrivals() {
        SplittableRandom random = new SplittableRandom(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (long tick = 0; tick < ticks(); tick++) {
            double expected = load.perHour(hour(tick), LEAST_PER_HOUR, seed) * TICK_MS / HOUR_MS;
            for (int due = poisson(random, expected); due > 0; due--) {
                boolean critical = random.nextDouble() < CRITICAL_SHARE;
                double value = MEDIAN_VALUE_MICROS
                        * StrictMath.exp(VALUE_SPREAD * (random.nextGaussian() + (critical ? 2 : 0)));
                arrivals.add(new Arrival(
                        tick * TICK_MS,
                        "i" + arrivals.size(),
                        (long) value,
                        1 + random.nextInt(MOST_LABELS),
                        critical));
            }
        }
        return arrivals;
    }

    static double hour(long tick) {
        return (double) tick * TICK_MS / HOUR_MS;
    }

    /** Knuth's method: the expectation is small. */
    private static int poisson(SplittableRandom random, double expected) {
        double limit = StrictMath.exp(-expected);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
