package dev.heed.runner.price;

import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.event.Lane;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RequestTasks;
import dev.heed.fact.PriceSet;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.TaskQueued;
import dev.heed.fact.WaitEnded;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskAnswered;
import dev.heed.journal.TaskWanted;
import dev.heed.journal.Tick;
import dev.heed.math.Micros;
import dev.heed.queues.QueueKeys;
import dev.heed.queues.QueueReader;
import dev.heed.queues.QueuesStage;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueTaskRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/**
 * Plays a week through the real queues stage, in memory. Items apply the price they were last told, as the items stage
 * does: what passes waits by value, a share of the rest is explored. Raters at work ask for as many tasks as they may
 * hold and answer each after a while; one in fifty lets it lapse.
 */
final class PriceRun {
    private static final int CAPACITY = 2;
    private static final int ONE_IN_LAPSES = 50;
    private static final double WORK_SPREAD = 0.5;
    /** Critical tasks looked at in a tick; there are never so many. */
    private static final int MOST_CRITICAL = 100;

    private record Answer(long atMs, LeaseGranted lease) {}

    private final PriceWeek week;
    private final StageRunner runner =
            new StageRunner(QueuesStage.create("price week".getBytes(StandardCharsets.UTF_8)));
    private final Envelope journal = new Envelope(runner.stage().journalSchema());
    private final MemoryState state = new MemoryState();
    private final SplittableRandom random;
    private final Map<String, PriceWeek.Arrival> items = new HashMap<>();
    private final PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparingLong(Answer::atMs)
            .thenComparing(answer -> answer.lease().getTaskId()));
    private final Map<String, Long> busyUntilMs = new HashMap<>();
    private final Set<String> waiting = new HashSet<>();
    private final WeekLog log;
    private long offset;
    private long nowMs;
    private long priceMicros;

    PriceRun(PriceWeek week) {
        this.week = week;
        this.random = new SplittableRandom(week.seed() ^ 0x9e3779b97f4a7c15L);
        this.priceMicros = week.pool().getMinPriceMicros();
        this.log = new WeekLog(week);
    }

    WeekLog run(List<PriceWeek.Arrival> arrivals) {
        send("tick", new Tick(0L));
        send("policy", week.policy());
        for (int rater = 0; rater < Shifts.MOST; rater++) {
            send(rater(rater), profile(rater(rater)));
        }
        int next = 0;
        for (long tick = 0; tick < week.ticks(); tick++) {
            nowMs = tick * PriceWeek.TICK_MS;
            send("tick", new Tick(nowMs));
            while (!answers.isEmpty() && answers.peek().atMs() <= nowMs) {
                answer(answers.remove().lease());
            }
            for (; next < arrivals.size() && arrivals.get(next).atMs() <= nowMs; next++) {
                come(arrivals.get(next));
            }
            for (int rater = 0; rater < Shifts.atWork(PriceWeek.hour(tick)); rater++) {
                ask(rater(rater));
            }
            watch();
        }
        return log;
    }

    private void come(PriceWeek.Arrival arrival) {
        items.put(arrival.id(), arrival);
        log.came(arrival);
        boolean passes = arrival.valueMicros() >= PriceWeek.LABEL_COST_MICROS + priceMicros;
        if (arrival.critical()) {
            want(arrival, Lane.CRITICAL, Micros.ONE);
        } else if (passes) {
            want(arrival, Lane.VALUE, Micros.ONE);
        } else if (random.nextDouble() < PriceWeek.EXPLORATION) {
            want(arrival, Lane.EXPLORATION, Micros.of(PriceWeek.EXPLORATION));
        }
    }

    private void want(PriceWeek.Arrival arrival, Lane lane, long propensityMicros) {
        send(
                PriceWeek.POOL,
                TaskWanted.newBuilder()
                        .setInteractionId(arrival.id())
                        .setQuestionId(PriceWeek.QUESTION)
                        .setPool(PriceWeek.POOL)
                        .setValueMicros(arrival.valueMicros())
                        .setRiskMicros(arrival.valueMicros())
                        .setLane(lane)
                        .setSelectionPropensityMicros(propensityMicros)
                        .setLabelsWanted(arrival.labels())
                        .setExcludedRaters(List.of())
                        .setRubricVersion("1")
                        .setRequest(1)
                        .build());
    }

    private void ask(String raterId) {
        if (waiting.add(raterId)) {
            send(
                    PriceWeek.POOL,
                    ActionAccepted.newBuilder()
                            .setEventId(raterId + "@" + nowMs)
                            .setActor(raterId)
                            .setRequestTasks(new RequestTasks(PriceWeek.POOL, raterId, CAPACITY))
                            .build());
        }
    }

    private void answer(LeaseGranted lease) {
        send(
                PriceWeek.POOL,
                new TaskAnswered(lease.getInteractionId(), lease.getQuestionId(), lease.getPool(), lease.getRaterId()));
    }

    private void send(String key, SpecificRecord event) {
        StageRunner.Outcome outcome = runner.step(state, offset++, key, journal.wrap(event));
        for (SpecificRecord envelope : outcome.facts()) {
            log.add(envelope);
            note(runner.fact(envelope));
        }
    }

    private void note(SpecificRecord fact) {
        if (fact instanceof TaskLeased leased) {
            LeaseGranted lease = leased.getLease();
            PriceWeek.Arrival item = items.get(lease.getInteractionId());
            boolean lapses = random.nextInt(ONE_IN_LAPSES) == 0;
            log.handedOut(nowMs, leased, Objects.requireNonNull(item), lapses);
            if (!lapses) {
                work(lease);
            }
        } else if (fact instanceof WaitEnded ended) {
            waiting.remove(ended.getRaterId());
        } else if (fact instanceof PriceSet set) {
            // Items hear of it before the next of them comes.
            priceMicros = set.getPrice().getPriceMicros();
        } else if (fact instanceof TaskQueued queued && queued.getTask().getLane() == Lane.EXPLORATION) {
            log.explored(nowMs, queued);
        } else if (fact instanceof TaskDropped dropped) {
            log.dropped(dropped);
        }
    }

    /** One task after the other, each for a while. */
    private void work(LeaseGranted lease) {
        double ms = PriceWeek.MEAN_WORK_MS
                * StrictMath.exp(WORK_SPREAD * random.nextGaussian() - WORK_SPREAD * WORK_SPREAD / 2);
        long from = StrictMath.max(nowMs, busyUntilMs.getOrDefault(lease.getRaterId(), 0L));
        busyUntilMs.put(lease.getRaterId(), from + (long) ms);
        answers.add(new Answer(from + (long) ms, lease));
    }

    private void watch() {
        QueueReader queue = new QueueReader(state, PriceWeek.POOL);
        if (!queue.exists()) {
            return;
        }
        boolean budgetHolds =
                state
                        .withPrefix(QueueKeys.places(PriceWeek.POOL, Lane.CRITICAL), QueueTaskRef.class, MOST_CRITICAL)
                        .stream()
                        .map(entry -> queue.task(entry.value()))
                        .anyMatch(task -> waiting.stream().anyMatch(rater -> couldTake(queue, rater, task)));
        log.watched(nowMs, priceMicros, budgetHolds);
    }

    private static boolean couldTake(QueueReader queue, String raterId, QueueTask task) {
        QueueRater rater = queue.rater(raterId);
        return rater.getWantedTasks() > 0
                && rater.getLeases().size() < CAPACITY
                && !task.getAnswered().contains(raterId)
                && task.getLeases().stream()
                        .noneMatch(lease -> lease.getRaterId().equals(raterId))
                && task.getEnded().stream()
                        .noneMatch(ended -> ended.getRaterId().equals(raterId));
    }

    private static String rater(int number) {
        return "r" + number;
    }

    private static RaterProfile profile(String raterId) {
        return RaterProfile.newBuilder()
                .setEventId("profile of " + raterId)
                .setRaterId(raterId)
                .setKind(RaterKind.HUMAN)
                .setPools(new ArrayList<>(List.of(PriceWeek.POOL)))
                .setCapacity(CAPACITY)
                .setOccurredAtMs(0)
                .build();
    }
}
