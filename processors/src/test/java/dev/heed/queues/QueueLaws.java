package dev.heed.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Keys;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.event.Lane;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.state.QueueBucket;
import dev.heed.state.QueueGold;
import dev.heed.state.QueueGoldSeen;
import dev.heed.state.QueueLanes;
import dev.heed.state.QueueLease;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueValueCount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/** What must hold of the stage's state after every event: all that follows from the tasks is what they say. */
public final class QueueLaws {
    private QueueLaws() {}

    /** @param withinBounds false when a new policy may have left more than it allows, which the next tick lets go of */
    public static void check(MemoryState state, boolean withinBounds) {
        for (String pool : Pools.names(state)) {
            List<QueueTask> tasks = inPool(state, "task", pool, QueueTask.class);
            countsAreWhatTheTasksSay(state, pool, tasks);
            indexesAreWhatTheTasksSay(state, pool, tasks);
            leasesAreHeldByWhomTheySay(state, pool, tasks);
            goldStandsWhereItSays(state, pool);
            Policy policy = state.get(StageRunner.POLICY_KEY, Policy.class);
            Pool terms = policy == null ? null : InPolicy.pool(policy, pool);
            if (withinBounds && terms != null) {
                nothingIsBeyondItsBounds(state, terms);
            }
        }
    }

    private static void countsAreWhatTheTasksSay(MemoryState state, String pool, List<QueueTask> tasks) {
        QueueLanes recount = new QueueLanes(0, 0, 0, 0L, 0L, 0);
        Map<Integer, Long> values = new TreeMap<>();
        for (QueueTask task : tasks) {
            int open = Math.max(0, task.getOpenSlots());
            Lane lane = task.getWanted().getLane();
            if (lane == Lane.CRITICAL && open > 0) {
                recount.setCriticalTasks(recount.getCriticalTasks() + 1);
                recount.setCriticalLabels(recount.getCriticalLabels() + open);
            }
            if (lane == Lane.VALUE && open > 0) {
                recount.setValueTasks(recount.getValueTasks() + 1);
                recount.setValueLabels(recount.getValueLabels() + open);
                values.merge(ValueHistogram.bucketOf(task.getWanted().getValueMicros()), (long) open, Long::sum);
            }
            boolean leased = !task.getLeases().isEmpty();
            if (lane == Lane.EXPLORATION && task.getWantsMore() && (open > 0 || leased)) {
                recount.setExplorationTasks(recount.getExplorationTasks() + 1);
            }
            if (open == 0 && !leased) {
                recount.setIdleTasks(recount.getIdleTasks() + 1);
            }
        }
        assertThat(new QueueReader(state, pool).lanes()).isEqualTo(recount);
        Map<Integer, Long> histogram = new TreeMap<>();
        state.entries().forEach((key, value) -> {
            if (key.startsWith(QueueKeys.valueCounts(pool))) {
                int bucket = (int) (Long.MAX_VALUE - Long.parseLong(Keys.lastPart(key), 16));
                histogram.put(bucket, ((QueueValueCount) value).getLabels());
            }
        });
        assertThat(histogram).isEqualTo(values);
    }

    private static void indexesAreWhatTheTasksSay(MemoryState state, String pool, List<QueueTask> tasks) {
        Set<String> expected = new TreeSet<>();
        for (QueueTask task : tasks) {
            boolean idle = task.getOpenSlots() <= 0 && task.getLeases().isEmpty();
            assertThat(task.getIdleSinceMs() >= 0).isEqualTo(idle);
            if (task.getOpenSlots() > 0) {
                assertThat(task.getWantsMore()).isTrue();
                expected.add(QueueKeys.place(task));
            }
            if (task.getOpenSlots() > 0 && task.getWanted().getLane() == Lane.VALUE) {
                expected.add(QueueKeys.evictionPlace(task.getWanted()));
            }
            if (idle) {
                expected.add(QueueKeys.idle(
                        pool,
                        task.getIdleSinceMs(),
                        task.getWanted().getInteractionId(),
                        task.getWanted().getQuestionId()));
            }
        }
        Set<String> found = new TreeSet<>();
        for (String prefix : List.of(QueueKeys.places(pool), QueueKeys.evictionPlaces(pool), QueueKeys.idles(pool))) {
            state.entries().keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .forEach(found::add);
        }
        assertThat(found).isEqualTo(expected);
    }

    private static void leasesAreHeldByWhomTheySay(MemoryState state, String pool, List<QueueTask> tasks) {
        Set<String> byLease = new TreeSet<>();
        Set<String> timers = new TreeSet<>();
        for (QueueLease held : inPool(state, "lease", pool, QueueLease.class)) {
            byLease.add(held.getLease().getRaterId() + " " + held.getLease().getTaskId());
            timers.add(QueueKeys.due(
                    "lease",
                    held.getLease().getExpiresAtMs(),
                    pool,
                    held.getLease().getTaskId()));
        }
        Set<String> byTask = new TreeSet<>();
        for (QueueTask task : tasks) {
            Set<String> raters = new HashSet<>();
            task.getLeases().forEach(lease -> {
                byTask.add(lease.getRaterId() + " " + lease.getTaskId());
                assertThat(raters.add(lease.getRaterId())).isTrue();
            });
        }
        state.entries().forEach((key, value) -> {
            if (key.startsWith(Keys.prefix("gold seen", pool))
                    && !((QueueGoldSeen) value).getTaskId().isEmpty()) {
                byTask.add(Keys.lastPart(key) + " " + ((QueueGoldSeen) value).getTaskId());
            }
        });
        assertThat(byTask).isEqualTo(byLease);
        Set<String> byRater = new TreeSet<>();
        Set<String> waiting = new TreeSet<>();
        state.entries().forEach((key, value) -> {
            if (key.startsWith(Keys.prefix("rater", pool))) {
                String raterId = Keys.lastPart(key);
                QueueRater rater = (QueueRater) value;
                Set<String> interactions = new HashSet<>();
                rater.getLeases().forEach(lease -> {
                    byRater.add(raterId + " " + lease.getTaskId());
                    assertThat(interactions.add(lease.getInteractionId()))
                            .as("%s holds two leases for %s", raterId, lease.getInteractionId())
                            .isTrue();
                });
                if (rater.getWantedTasks() > 0) {
                    waiting.add(QueueKeys.waiting(pool, rater.getWaitingNumber(), raterId));
                    timers.add(QueueKeys.due("wait", rater.getWaitingUntilMs(), pool, raterId));
                }
                if (rater.getCountedUntilMs() > 0) {
                    timers.add(QueueKeys.due("idle", rater.getCountedUntilMs(), pool, raterId));
                }
            }
        });
        assertThat(byRater).isEqualTo(byLease);
        Set<String> foundWaiting = new TreeSet<>();
        Set<String> foundTimers = new TreeSet<>();
        state.entries().keySet().forEach(key -> {
            if (key.startsWith(QueueKeys.waitings(pool))) {
                foundWaiting.add(key);
            }
            if (key.startsWith(Keys.prefix("due")) && Keys.parts(key)[3].equals(pool)) {
                foundTimers.add(key);
            }
        });
        assertThat(foundWaiting).isEqualTo(waiting);
        assertThat(foundTimers).isEqualTo(timers);
    }

    private static void goldStandsWhereItSays(MemoryState state, String pool) {
        Set<String> expected = new TreeSet<>();
        Map<String, Integer> seen = new TreeMap<>();
        for (QueueGold gold : inPool(state, "gold", pool, QueueGold.class)) {
            expected.add(QueueKeys.shelfPlace(gold));
            seen.put(gold.getOffered().getInteractionId(), gold.getExposures());
        }
        Set<String> found = new TreeSet<>();
        Map<String, Integer> counted = new TreeMap<>();
        state.entries().forEach((key, value) -> {
            if (key.startsWith(Keys.prefix("shelf", pool))) {
                found.add(key);
            } else if (key.startsWith(Keys.prefix("gold seen", pool)) && seen.containsKey(Keys.parts(key)[3])) {
                counted.merge(Keys.parts(key)[3], 1, Integer::sum);
            }
        });
        assertThat(found).isEqualTo(expected);
        seen.values().removeIf(exposures -> exposures == 0);
        assertThat(counted).as("raters that each gold item was served to").isEqualTo(seen);
    }

    private static void nothingIsBeyondItsBounds(MemoryState state, Pool terms) {
        QueueReader queue = new QueueReader(state, terms.getPool());
        QueueBucket bucket = queue.bucket();
        assertThat(bucket.getTokensMicros()).isNotNegative();
        assertThat(bucket.getExplorationTokensMicros()).isNotNegative();
        assertThat(bucket.getTokensMicros() + bucket.getExplorationTokensMicros())
                .isLessThanOrEqualTo(terms.getBucketCapacity() * Micros.ONE);
        assertThat(queue.price().getPriceMicros()).isGreaterThanOrEqualTo(terms.getMinPriceMicros());
        PoolShares shares = PoolShares.of(terms);
        QueueLanes lanes = queue.lanes();
        long exploring = state.entries().keySet().stream()
                .filter(key -> key.startsWith(QueueKeys.places(terms.getPool(), Lane.EXPLORATION)))
                .count();
        assertThat(exploring).isLessThanOrEqualTo(shares.explorationTasks());
        if (lanes.getValueTasks() > 0) {
            assertThat(lanes.getCriticalTasks() + lanes.getValueTasks()).isLessThanOrEqualTo(shares.valueTasks());
        }
    }

    /** All records of a kind in a pool, in order. */
    public static <T extends SpecificRecord> List<T> inPool(
            MemoryState state, String kind, String pool, Class<T> type) {
        List<T> found = new ArrayList<>();
        state.entries().forEach((key, value) -> {
            if (key.startsWith(Keys.prefix(kind, pool))) {
                found.add(type.cast(value));
            }
        });
        return found;
    }
}
