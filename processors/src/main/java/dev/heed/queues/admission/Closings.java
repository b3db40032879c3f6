package dev.heed.queues.admission;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.fact.FactHeader;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeft;
import dev.heed.fact.TaskQueued;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.RequestClosed;
import dev.heed.journal.TaskWanted;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Tells an item when its request is turned away or has to leave, so that it does not wait for what nobody hands out. */
public final class Closings implements Feature {
    /** Reasons of a task to leave that its item cannot know. */
    private static final Set<String> UNKNOWN_TO_ITEMS = Set.of("full", "pool_removed");

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof TaskDropped dropped) {
            TaskWanted task = dropped.getTask();
            tell(out, closed(task, dropped.getReason()));
        } else if (fact instanceof TaskQueued queued && queued.getEvictedInteractionId() != null) {
            tell(
                    out,
                    new RequestClosed(
                            queued.getEvictedInteractionId(),
                            Objects.requireNonNull(queued.getEvictedQuestionId()),
                            queued.getTask().getPool(),
                            queued.getEvictedRequest(),
                            "evicted"));
        } else if (fact instanceof TaskLeft left && UNKNOWN_TO_ITEMS.contains(left.getReason())) {
            tell(
                    out,
                    new RequestClosed(
                            left.getInteractionId(),
                            left.getQuestionId(),
                            left.getPool(),
                            left.getRequest(),
                            left.getReason()));
        }
    }

    private static RequestClosed closed(TaskWanted task, String reason) {
        return new RequestClosed(
                task.getInteractionId(), task.getQuestionId(), task.getPool(), task.getRequest(), reason);
    }

    private static void tell(Outbox out, RequestClosed closed) {
        ItemsEvent event = new ItemsEvent();
        event.setRequestClosed(closed);
        out.send(Channel.ITEMS_JOURNAL, closed.getInteractionId(), event);
    }
}
