package dev.heed.guarantee;

import dev.heed.core.Rubrics;
import dev.heed.event.Lane;
import dev.heed.event.RaterProfile;
import dev.heed.fact.BucketRefilled;
import dev.heed.fact.PoolOpened;
import dev.heed.fact.QueuesFact;
import dev.heed.fact.TaskLeased;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskWanted;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.queues.InPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of the pools of one partition from their facts alone: what came into each bucket and what was handed
 * out of it, and who holds what.
 */
final class HandOuts {
    private static final long LABEL_MICROS = 1_000_000;
    private static final double HOUR_MS = 3_600_000;

    private final String where;
    private final List<String> breaches;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, RaterProfile> profiles = new HashMap<>();
    private final Map<String, TaskWanted> requests = new HashMap<>();
    /** Gold items offered, and to whom each was served. */
    private final Map<String, GoldOffered> gold = new HashMap<>();

    private final Map<String, Set<String>> goldSeen = new HashMap<>();
    /** Interaction by task, by pool and rater. */
    private final Map<String, Map<String, String>> held = new HashMap<>();

    private @Nullable Policy policy;

    /** One pool's bucket. */
    private static final class Account {
        private long valueMicros;
        private long explorationMicros;
        private long countedToMs;
    }

    HandOuts(int partition, List<String> breaches) {
        this.where = "queues.facts-" + partition + "@";
        this.breaches = breaches;
    }

    void add(long offset, QueuesFact fact) {
        long timeMs = fact.getHeader().getTimeMs();
        if (fact.getPolicyInstalled() != null) {
            policy = fact.getPolicyInstalled().getPolicy();
        } else if (fact.getRaterRecorded() != null) {
            RaterProfile profile = fact.getRaterRecorded().getProfile();
            profiles.put(profile.getRaterId(), profile);
        } else if (fact.getPoolOpened() != null) {
            open(fact.getPoolOpened(), timeMs);
        } else if (fact.getBucketRefilled() != null) {
            refill(offset, fact.getBucketRefilled(), timeMs);
        } else if (fact.getTaskQueued() != null) {
            TaskWanted wanted = fact.getTaskQueued().getTask();
            requests.put(task(wanted.getPool(), wanted.getInteractionId(), wanted.getQuestionId()), wanted);
        } else if (fact.getGoldShelved() != null) {
            GoldOffered offered = fact.getGoldShelved().getOffered();
            gold.put(task(offered.getPool(), offered.getInteractionId(), offered.getQuestionId()), offered);
        } else if (fact.getTaskLeased() != null) {
            pay(offset, fact.getTaskLeased());
            hold(offset, fact.getTaskLeased().getLease());
        } else if (fact.getLeaseExpired() != null) {
            String holder = holder(
                    fact.getLeaseExpired().getPool(),
                    fact.getLeaseExpired().getLease().getRaterId());
            held(holder).remove(fact.getLeaseExpired().getLease().getTaskId());
        } else if (fact.getTaskSettled() != null) {
            String holder = holder(
                    fact.getTaskSettled().getAnswer().getPool(),
                    fact.getTaskSettled().getAnswer().getRaterId());
            held(holder).remove(fact.getTaskSettled().getTaskId());
        }
    }

    private void open(PoolOpened opened, long timeMs) {
        Account account = new Account();
        account.valueMicros = opened.getTokensMicros();
        account.explorationMicros = opened.getExplorationTokensMicros();
        account.countedToMs = timeMs;
        accounts.put(opened.getPool(), account);
    }

    private void refill(long offset, BucketRefilled refilled, long timeMs) {
        Account account = account(refilled.getPool());
        long gain = refilled.getTokensMicros()
                + refilled.getExplorationTokensMicros()
                - account.valueMicros
                - account.explorationMicros;
        Pool pool = pool(refilled.getPool());
        double income = pool.getBudgetPerHour() * (double) LABEL_MICROS / HOUR_MS * refilled.getElapsedMs();
        if (gain > income + 1) {
            breach(
                    offset,
                    refilled.getPool() + " gained " + gain + " micros of a label in " + refilled.getElapsedMs()
                            + " ms (expected: at most " + income + ")");
        }
        if (refilled.getElapsedMs() < 0 || refilled.getElapsedMs() > timeMs - account.countedToMs) {
            breach(
                    offset,
                    refilled.getPool() + " was filled for " + refilled.getElapsedMs() + " ms (expected: at most "
                            + (timeMs - account.countedToMs) + ")");
        }
        account.valueMicros = refilled.getTokensMicros();
        account.explorationMicros = refilled.getExplorationTokensMicros();
        account.countedToMs = timeMs;
        if (account.valueMicros + account.explorationMicros > pool.getBucketCapacity() * LABEL_MICROS) {
            breach(offset, refilled.getPool() + " holds more than its bucket_capacity " + pool.getBucketCapacity());
        }
    }

    private void pay(long offset, TaskLeased leased) {
        Account account = account(leased.getLease().getPool());
        boolean explores = leased.getLease().getLane() == Lane.EXPLORATION;
        long tokens = explores ? account.explorationMicros : account.valueMicros;
        if (leased.getBucketBeforeMicros() != tokens) {
            breach(offset, "the lane held " + leased.getBucketBeforeMicros() + " micros (expected: " + tokens + ")");
        }
        if (leased.getOverdraft()) {
            if (leased.getLease().getLane() != Lane.CRITICAL || tokens >= LABEL_MICROS) {
                breach(
                        offset,
                        "an overdraft in lane " + leased.getLease().getLane() + " with " + tokens
                                + " micros left (expected: only of critical tasks, with no label left)");
            }
            return;
        }
        if (tokens < LABEL_MICROS) {
            breach(offset, "a task was handed out of " + tokens + " micros (expected: a label, or an overdraft)");
        }
        if (explores) {
            account.explorationMicros -= LABEL_MICROS;
        } else {
            account.valueMicros -= LABEL_MICROS;
        }
    }

    private void hold(long offset, LeaseGranted lease) {
        String raterId = lease.getRaterId();
        Map<String, String> before = held(holder(lease.getPool(), raterId));
        if (before.containsValue(lease.getInteractionId())) {
            breach(offset, "rater " + raterId + " holds two leases for " + lease.getInteractionId());
        }
        before.put(lease.getTaskId(), lease.getInteractionId());
        RaterProfile profile = profiles.get(raterId);
        if (profile == null || before.size() > profile.getCapacity()) {
            breach(offset, "rater " + raterId + " holds " + before.size() + " leases (expected: within a capacity)");
        }
        if (lease.getGold()) {
            serve(offset, lease);
            return;
        }
        TaskWanted wanted = requests.get(task(lease.getPool(), lease.getInteractionId(), lease.getQuestionId()));
        if (wanted == null || wanted.getExcludedRaters().contains(raterId)) {
            breach(
                    offset,
                    "rater " + raterId + " got " + lease.getInteractionId()
                            + " (expected: a task that is wanted, and from a rater who is not excluded)");
        }
    }

    private void serve(long offset, LeaseGranted lease) {
        String item = task(lease.getPool(), lease.getInteractionId(), lease.getQuestionId());
        GoldOffered offered = gold.get(item);
        if (offered == null || offered.getExcludedRaters().contains(lease.getRaterId())) {
            breach(
                    offset,
                    "rater " + lease.getRaterId() + " got " + lease.getInteractionId()
                            + " as gold (expected: an item with a known answer, that they had not answered before)");
        }
        if (offered != null && (offered.getSetAside() || !isComparable(offered))) {
            breach(
                    offset,
                    lease.getInteractionId() + " was served as gold, and its answer is known under "
                            + offered.getRubricVersion() + " (expected: no superseded rubric)");
        }
        if (!goldSeen.computeIfAbsent(item, each -> new HashSet<>()).add(lease.getRaterId())) {
            breach(offset, "rater " + lease.getRaterId() + " got the gold item " + lease.getInteractionId() + " twice");
        }
    }

    private boolean isComparable(GoldOffered offered) {
        return Rubrics.comparable(
                InPolicy.question(Objects.requireNonNull(policy, "no policy"), offered.getQuestionId()),
                offered.getRubricVersion());
    }

    private void breach(long offset, String what) {
        breaches.add(where + offset + ": " + what);
    }

    private Account account(String pool) {
        return Objects.requireNonNull(accounts.get(pool), () -> "pool " + pool + " was never opened");
    }

    private Pool pool(String name) {
        return Objects.requireNonNull(policy, "no policy").getPools().stream()
                .filter(pool -> pool.getPool().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> held(String holder) {
        return held.computeIfAbsent(holder, each -> new HashMap<>());
    }

    private static String holder(String pool, String raterId) {
        return pool + "|" + raterId;
    }

    private static String task(String pool, String interactionId, String questionId) {
        return pool + "|" + interactionId + "|" + questionId;
    }
}
