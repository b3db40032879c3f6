package dev.heed.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.RaterProfile;
import dev.heed.fact.LeaseExpired;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.TaskLeft;
import dev.heed.fact.TaskQueued;
import dev.heed.fact.TaskSettled;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskWanted;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reckons, apart from the stage, how many hand-outs each item still has coming, and knows by what fact each wanted task
 * ended: so none is lost and none handed out too often.
 */
final class QueueOracle {
    /** One item of the story. */
    static final class Item {
        private int request;
        private int due;
        private boolean wants;
        private boolean senior;
        private final Map<String, String> leases = new LinkedHashMap<>();
        /** When a lease of each rater last ended without an answer. */
        private final Map<String, Long> endedAtMs = new TreeMap<>();
        /** Tasks that lapsed, by rater. */
        private final Map<String, String> lapsed = new TreeMap<>();
        /** Raters whose lapsed task is handed out again, so that their late label closes that. */
        private final Set<String> reopened = new TreeSet<>();

        private final Set<String> answered = new TreeSet<>();
        private Set<String> excluded = new HashSet<>();
        private Set<String> counted = new HashSet<>();

        int request() {
            return request;
        }

        Set<String> holders() {
            return leases.keySet();
        }

        List<String> tasks() {
            return List.copyOf(leases.values());
        }
    }

    private final Map<String, Item> items = new TreeMap<>();
    private final Map<String, LeaseGranted> gold = new TreeMap<>();

    /** Gold items that are held, by task. */
    Map<String, LeaseGranted> gold() {
        return gold;
    }

    Item item(String id) {
        return items.computeIfAbsent(id, each -> new Item());
    }

    void forget(String id) {
        items.remove(id);
    }

    /** All leases of the story: task id to its item. */
    Map<String, String> leases() {
        Map<String, String> all = new LinkedHashMap<>();
        items.forEach((id, item) -> item.leases.values().forEach(task -> all.put(task, id)));
        return all;
    }

    String holder(String itemId, String task) {
        return item(itemId).leases.entrySet().stream()
                .filter(lease -> lease.getValue().equals(task))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** Reckons what a request leaves to be handed out, before its facts are noted. */
    void wanted(TaskWanted wanted) {
        Item item = item(wanted.getInteractionId());
        if (wanted.getRequest() <= item.request) {
            return;
        }
        item.request = wanted.getRequest();
        item.excluded = new HashSet<>(wanted.getExcludedRaters());
        item.counted = new HashSet<>(wanted.getLeasedTasks());
        item.answered.clear();
        item.senior = wanted.getSenior();
        int due = wanted.getLabelsWanted();
        for (String holder : item.leases.keySet()) {
            due -= item.excluded.contains(holder) ? 0 : 1;
        }
        for (Map.Entry<String, String> lapsed : Map.copyOf(item.lapsed).entrySet()) {
            boolean countedOn = wanted.getLeasedTasks().contains(lapsed.getValue());
            due += countedOn ? 1 : 0;
            if (!countedOn && item.excluded.contains(lapsed.getKey())) {
                item.lapsed.remove(lapsed.getKey());
                item.reopened.remove(lapsed.getKey());
            }
        }
        item.due = due;
        item.wants = true;
    }

    void cancelled(String id, int request) {
        Item item = item(id);
        if (request >= item.request) {
            item.request = request;
            item.due = 0;
            item.wants = false;
        }
    }

    void answered(String id, String rater) {
        Item item = item(id);
        item.endedAtMs.remove(rater);
        if (item.leases.containsKey(rater) || !item.wants || !item.answered.add(rater)) {
            return;
        }
        item.lapsed.remove(rater);
        if (item.reopened.remove(rater)) {
            item.due--;
        }
    }

    /** Notes what was decided, and that the stage's state agrees after it. */
    void note(QueueStory story, List<SpecificRecord> facts) {
        for (SpecificRecord fact : facts) {
            if (fact instanceof TaskLeased leased && leased.getLease().getGold()) {
                gold.put(leased.getLease().getTaskId(), leased.getLease());
            } else if (fact instanceof LeaseExpired ended
                    && gold.remove(ended.getLease().getTaskId()) != null) {
                continue;
            } else if (fact instanceof TaskSettled settled && gold.remove(settled.getTaskId()) != null) {
                continue;
            } else if (fact instanceof TaskLeased leased) {
                lease(leased.getLease());
                suits(story, leased.getLease());
            } else if (fact instanceof LeaseExpired ended) {
                end(ended.getLease(), story.nowMs());
            } else if (fact instanceof TaskSettled settled && !settled.getLate()) {
                Item item = item(settled.getAnswer().getInteractionId());
                item.leases.remove(settled.getAnswer().getRaterId());
                item.answered.add(settled.getAnswer().getRaterId());
            } else if (fact instanceof TaskDropped dropped) {
                stop(dropped.getTask().getInteractionId());
            } else if (fact instanceof TaskLeft left) {
                stop(left.getInteractionId());
            } else if (fact instanceof TaskQueued queued && queued.getEvictedInteractionId() != null) {
                stop(Objects.requireNonNull(queued.getEvictedInteractionId()));
            }
        }
        items.forEach((id, item) -> {
            if (item.request > 0 && story.knows(id)) {
                assertThat(story.openSlots(id)).as("hand-outs due for %s", id).isEqualTo(item.due);
            }
        });
    }

    private void lease(LeaseGranted lease) {
        Item item = item(lease.getInteractionId());
        assertThat(item.due).as("hand-outs due when %s was leased", lease).isPositive();
        assertThat(lease.getSenior()).as("asked as a senior").isEqualTo(item.senior);
        assertThat(item.excluded).doesNotContain(lease.getRaterId());
        assertThat(item.answered).doesNotContain(lease.getRaterId());
        assertThat(item.leases.put(lease.getRaterId(), lease.getTaskId())).isNull();
        item.lapsed.remove(lease.getRaterId());
        item.reopened.remove(lease.getRaterId());
        item.due--;
    }

    /** A task goes to who has its skill, reads its language, has room, and has not lately let it lapse. */
    private void suits(QueueStory story, LeaseGranted lease) {
        TaskWanted task = Objects.requireNonNull(story.queue().task(lease.getInteractionId(), lease.getQuestionId()))
                .getWanted();
        RaterProfile profile = Objects.requireNonNull(story.queue().profile(lease.getRaterId()));
        if (!task.getSkill().isEmpty()) {
            assertThat(profile.getSkills()).contains(task.getSkill());
        }
        if (!task.getLanguage().isEmpty() && !profile.getLanguages().isEmpty()) {
            assertThat(profile.getLanguages()).contains(task.getLanguage());
        }
        assertThat(profile.getActive()).isTrue();
        assertThat(story.held(lease.getRaterId())).hasSizeLessThanOrEqualTo(profile.getCapacity());
        Long endedAtMs = item(lease.getInteractionId()).endedAtMs.get(lease.getRaterId());
        assertThat(endedAtMs == null || story.nowMs() - endedAtMs >= QueuePolicies.RETRY_AFTER_MS)
                .as("%s was let go at %s", lease, endedAtMs)
                .isTrue();
    }

    private void end(LeaseEnded ended, long nowMs) {
        Item item = item(ended.getInteractionId());
        assertThat(item.leases.remove(ended.getRaterId())).isEqualTo(ended.getTaskId());
        boolean byQueue = Set.of("expired", "released", "suspended").contains(ended.getReason());
        item.lapsed.remove(ended.getRaterId());
        item.reopened.remove(ended.getRaterId());
        if (ended.getReason().equals("answered")) {
            item.answered.add(ended.getRaterId());
        } else {
            item.endedAtMs.put(ended.getRaterId(), nowMs);
        }
        // Whoever the request has reckoned with, and whose lease it had not counted, leaves nothing to be done again.
        boolean again = !item.excluded.contains(ended.getRaterId()) || item.counted.contains(ended.getTaskId());
        if (byQueue) {
            item.lapsed.put(ended.getRaterId(), ended.getTaskId());
            if (again) {
                item.reopened.add(ended.getRaterId());
            }
        }
        if (item.wants && again) {
            item.due++;
        }
    }

    private void stop(String id) {
        item(id).due = 0;
        item(id).wants = false;
    }
}
