package dev.heed.whatif;

import dev.heed.event.RaterKind;
import dev.heed.fact.TaskLeased;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.LeaseGranted;
import dev.heed.stream.RoutedPartitioner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * What people said in the record, and to whom it is revealed. A label that was asked for in the record is revealed when
 * the other policy asks for it too: to the rater who gave it, in the record's own time. A rater who was never asked in
 * the record says what another said of the item, if nobody has yet; a rater who was asked and did not answer does not
 * answer here either. A label that nobody asked for came by itself and comes again.
 */
public final class Answers {
    private final int partitions;
    /** When each rater was first asked of each item, in the record. */
    private final Map<Asked, Long> askedAtMs = new HashMap<>();
    /** What led to each task of the record. */
    private final Map<String, Causes.Cause> tasks = new HashMap<>();
    /** The first label of each rater on each item, in the record. */
    private final Map<String, List<Said>> byItem = new HashMap<>();

    private final Set<Asked> asked = new HashSet<>();
    private final Map<Asked, Said> own = new HashMap<>();
    private final Map<Integer, PriorityQueue<Due>> due = new HashMap<>();
    private long scheduled;
    private long byOwn;
    private long byOthers;
    private long unanswered;

    private record Asked(String item, String rater) {}

    /** A label of the record. */
    private static final class Said {
        private final String rater;
        private final ItemsEvent event;
        private final long timeMs;
        private boolean used;

        Said(String rater, ItemsEvent event, long timeMs) {
            this.rater = rater;
            this.event = event;
            this.timeMs = timeMs;
        }

        String eventId() {
            return event.getFeedback().getEventId();
        }
    }

    /** A label on its way to a task that the record did not hand out so. */
    private record Due(long dueMs, long number, Said said, LeaseGranted lease) {}

    /** @param partitions how many partitions every topic has */
    Answers(int partitions) {
        this.partitions = partitions;
    }

    /** Notes a hand-out of the record. */
    void recordAsked(LeaseGranted lease, long timeMs, Causes.Cause cause) {
        askedAtMs.putIfAbsent(of(lease), timeMs);
        tasks.putIfAbsent(lease.getTaskId(), cause);
    }

    /** What led to the task that a label answers; null for a label that nobody asked for. */
    Causes.@Nullable Cause askedBy(ItemsEvent event) {
        return human(event).map(FeedbackAccepted::getTaskId).map(tasks::get).orElse(null);
    }

    /** Notes a label of the record; those that answer no task come by themselves. */
    void recordSaid(ItemsEvent event, long timeMs) {
        FeedbackAccepted feedback = human(event).orElse(null);
        if (feedback != null && feedback.getTaskId() != null && !feedback.getWithdrawn()) {
            Asked key = of(feedback);
            if (!own.containsKey(key)) {
                Said said = new Said(feedback.getRaterId(), event, timeMs);
                own.put(key, said);
                byItem.computeIfAbsent(key.item(), each -> new ArrayList<>()).add(said);
            }
        }
    }

    static Optional<FeedbackAccepted> human(ItemsEvent event) {
        FeedbackAccepted feedback = event.getFeedback();
        return feedback != null && feedback.getRaterKind() == RaterKind.HUMAN
                ? Optional.of(feedback)
                : Optional.empty();
    }

    /** Whether a label of the record is revealed at its own place. */
    boolean reveals(ItemsEvent event) {
        FeedbackAccepted feedback = human(event).orElseThrow();
        Asked key = of(feedback);
        Said said = own.get(key);
        if (said == null || askedBy(event) == null) {
            return true;
        }
        if (!said.eventId().equals(feedback.getEventId())) {
            // What follows the first label, a revision say, follows it here as well.
            return said.used && asked.contains(key);
        }
        if (said.used || !asked.contains(key)) {
            return false;
        }
        said.used = true;
        return true;
    }

    /** Notes a hand-out under the other policy, and finds what answers it. */
    void ask(TaskLeased leased, long timeMs) {
        LeaseGranted lease = leased.getLease();
        Asked key = of(lease);
        if (!asked.add(key)) {
            return;
        }
        Said said = own.get(key);
        if (said != null && !said.used) {
            byOwn++;
            schedule(said, lease, timeMs);
            return;
        }
        Optional<Said> other = said == null && !askedAtMs.containsKey(key) ? other(lease) : Optional.empty();
        if (other.isPresent()) {
            other.get().used = true;
            byOthers++;
            schedule(other.get(), lease, timeMs);
        } else {
            unanswered++;
        }
    }

    private Optional<Said> other(LeaseGranted lease) {
        String item = Ledger.item(lease.getInteractionId(), lease.getQuestionId());
        return byItem.getOrDefault(item, List.of()).stream()
                .filter(said -> !said.used)
                .filter(said -> askedAtMs.containsKey(new Asked(item, said.rater)))
                .filter(said -> !asked.contains(new Asked(item, said.rater)))
                .findFirst();
    }

    private void schedule(Said said, LeaseGranted lease, long timeMs) {
        String item = Ledger.item(lease.getInteractionId(), lease.getQuestionId());
        long took = Math.max(0, said.timeMs - askedAtMs.getOrDefault(new Asked(item, said.rater), said.timeMs));
        due.computeIfAbsent(
                        RoutedPartitioner.partitionOf(lease.getInteractionId(), partitions),
                        p -> new PriorityQueue<>(
                                Comparator.comparingLong(Due::dueMs).thenComparingLong(Due::number)))
                .add(new Due(timeMs + took, scheduled++, said, lease));
    }

    /** The labels of a partition's items that became due before a time and were not revealed at their own place. */
    List<ItemsEvent> dueBefore(int partition, long nowMs) {
        List<ItemsEvent> events = new ArrayList<>();
        PriorityQueue<Due> waiting = due.getOrDefault(partition, new PriorityQueue<>());
        while (!waiting.isEmpty() && waiting.element().dueMs() < nowMs) {
            Due next = waiting.remove();
            boolean ownLabel = next.said().rater.equals(next.lease().getRaterId());
            if (ownLabel && next.said().used) {
                continue;
            }
            next.said().used = true;
            events.add(as(next));
        }
        return events;
    }

    /** The label in the name of who was asked. */
    private static ItemsEvent as(Due due) {
        ItemsEvent event = SpecificData.get().deepCopy(ItemsEvent.getClassSchema(), due.said().event);
        event.getFeedback().setRaterId(due.lease().getRaterId());
        event.getFeedback().setTaskId(due.lease().getTaskId());
        return event;
    }

    private static Asked of(LeaseGranted lease) {
        return new Asked(Ledger.item(lease.getInteractionId(), lease.getQuestionId()), lease.getRaterId());
    }

    private static Asked of(FeedbackAccepted feedback) {
        return new Asked(Ledger.item(feedback.getInteractionId(), feedback.getQuestionId()), feedback.getRaterId());
    }

    /** How the hand-outs under the other policy were answered. */
    Support support() {
        return new Support(byOwn, byOthers, unanswered);
    }

    /** How the hand-outs of the record were answered. */
    Support recorded() {
        long answered = askedAtMs.keySet().stream().filter(own::containsKey).count();
        return new Support(answered, 0, askedAtMs.size() - answered);
    }

    /**
     * How hand-outs were answered, of gold too; a rater who is asked again of an item counts once.
     *
     * @param own by what the rater said in the record
     * @param others by what another rater said of the item
     * @param unanswered by nothing: the record does not support them
     */
    public record Support(long own, long others, long unanswered) {
        /** The share of hand-outs that nobody answered, 0 where there are none. */
        public double unsupportedShare() {
            long all = own + others + unanswered;
            return all == 0 ? 0 : (double) unanswered / all;
        }
    }
}
