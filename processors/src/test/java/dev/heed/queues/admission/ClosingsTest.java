package dev.heed.queues.admission;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.heed.core.Channel;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.RequestClosed;
import dev.heed.queues.QueueStory;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosingsTest {
    private final QueueStory story =
            QueueStory.under(policy(1, pool(POOL).setQueueCapacity(5).build()));

    @AfterEach
    void everyStoryHolds() {
        story.check();
    }

    @Test
    void whoHadToMakeRoomAndWhoFoundNoneAreTold() {
        // One of five places is kept for exploration.
        story.want("i1", 40_000);
        story.want(task("i2", 20_000).setRequest(7));
        story.want("i3", 30_000);
        story.want("i4", 50_000);
        assertThat(told()).isEmpty();

        story.want("i5", 25_000);
        story.want(task("i6", 10_000).setRequest(3));
        assertThat(told())
                .extracting(RequestClosed::getInteractionId, RequestClosed::getRequest, RequestClosed::getReason)
                .containsExactly(tuple("i2", 7, "evicted"), tuple("i6", 3, "full"));
        assertThat(told()).extracting(RequestClosed::getPool).containsOnly(POOL);
    }

    @Test
    void anItemThatWantsNoMoreIsToldNothing() {
        story.want("i1", 40_000);
        story.cancel("i1", 1);
        assertThat(told()).isEmpty();
    }

    @Test
    void aQueueThatShrinksTellsThoseItLetsGo() {
        story.want("i1", 40_000);
        story.want("i2", 20_000);
        story.want("i3", 30_000);
        story.follow(policy(2, pool(POOL).setQueueCapacity(2).build()));
        story.pass(1_000);
        assertThat(told()).isNotEmpty().extracting(RequestClosed::getReason).containsOnly("full");
        assertThat(told()).extracting(RequestClosed::getInteractionId).startsWith("i2");
    }

    private List<RequestClosed> told() {
        return story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class).stream()
                .map(ItemsEvent::getRequestClosed)
                .filter(Objects::nonNull)
                .toList();
    }
}
