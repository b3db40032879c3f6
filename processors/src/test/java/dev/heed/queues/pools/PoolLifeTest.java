package dev.heed.queues.pools;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.of;
import static dev.heed.queues.QueueStory.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.NotUpgraded;
import dev.heed.event.Lane;
import dev.heed.event.RaterKind;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.PoolOpened;
import dev.heed.fact.RaterRecorded;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeft;
import dev.heed.fact.WaitEnded;
import dev.heed.queues.QueueStory;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolLifeTest {
    private final QueueStory story = QueueStory.under(policy(1, pool(POOL).build()));

    @AfterEach
    void everyStoryHolds() {
        story.check();
    }

    @Test
    void aPoolOpensWithFullBucketsAndItsLowestPrice() {
        PoolOpened opened = of(PoolOpened.class, story.want("i1", 50_000)).get(0);
        assertThat(opened.getTokensMicros()).isEqualTo(8_000_000);
        assertThat(opened.getExplorationTokensMicros()).isEqualTo(2_000_000);
        assertThat(opened.getPriceMicros()).isEqualTo(1_000);
    }

    @Test
    void aPoolThePolicyNoLongerHasIsEmptiedATickAtATime() {
        int tasks = PoolLife.MAX_LEAVING_PER_TICK + 10;
        story.follow(policy(2, pool(POOL).setQueueCapacity(1_000).build()));
        story.raters("ann", "bob");
        story.want("leased", 900_000);
        story.request("ann", 1);
        for (int i = 0; i < tasks; i++) {
            story.want("i" + i, 5_000);
        }
        story.request("bob", 1);
        story.follow(policy(3, pool("other").build()));
        assertThat(of(TaskLeft.class, story.pass(1)))
                .hasSize(PoolLife.MAX_LEAVING_PER_TICK)
                .allMatch(left -> left.getReason().equals("pool_removed"));
        assertThat(of(TaskLeft.class, story.pass(1))).hasSize(10);
        assertThat(story.pass(1)).isEmpty();
        assertThat(story.of(WaitEnded.class)).extracting(WaitEnded::getReason).containsExactly("met", "pool_removed");

        assertThat(of(EventRefused.class, story.want("late", 50_000))).hasSize(1);
        assertThat(of(TaskLeft.class, story.pass(60_000)))
                .as("the lease ran out")
                .singleElement()
                .extracting(TaskLeft::getInteractionId)
                .isEqualTo("leased");
    }

    @Test
    void aPoolThatComesBackGoesOnWhereItStopped() {
        story.raters("ann");
        story.want("i1", 50_000);
        story.request("ann", 1);
        story.follow(policy(2, pool("other").build()));
        story.pass(1_000);
        story.answer("i1", "ann");
        story.follow(policy(3, pool(POOL).build()));
        assertThat(of(PoolOpened.class, story.want("i2", 50_000))).isEmpty();
        assertThat(story.queue().bucket().getHandedOutLabels()).isEqualTo(1);
    }

    @Test
    void aSmallerQueueLetsTheLeastValuableGo() {
        for (int i = 1; i <= 8; i++) {
            story.want("i" + i, i * 1_000);
        }
        story.follow(policy(2, pool(POOL).setQueueCapacity(5).build()));
        assertThat(of(TaskLeft.class, story.pass(1)))
                .extracting(TaskLeft::getInteractionId)
                .containsExactly("i1", "i2", "i3", "i4");
    }

    /** Both tasks are out with two raters each when the lane shrinks to one of them; then the leases lapse in one tick. */
    @Test
    void aSmallerExplorationLaneTakesBackOnlyWhatItHolds() {
        story.follow(policy(
                2,
                pool(POOL)
                        .setExplorationShareMicros(400_000)
                        .setQueueCapacity(6)
                        .build()));
        story.raters("ann", "bob");
        for (String item : List.of("i1", "i2")) {
            story.want(QueueStory.task(item, 50_000).setLane(Lane.EXPLORATION).setLabelsWanted(2));
        }
        story.request("ann", 2);
        story.request("bob", 2);
        assertThat(story.held("ann")).hasSize(2);
        assertThat(story.held("bob")).hasSize(2);
        story.follow(policy(
                3,
                pool(POOL)
                        .setExplorationShareMicros(400_000)
                        .setQueueCapacity(3)
                        .build()));
        List<SpecificRecord> facts = story.pass(60_000);
        assertThat(of(TaskDropped.class, facts)).singleElement().satisfies(dropped -> assertThat(dropped.getReason())
                .isEqualTo("full"));
        assertThat(List.of(story.openSlots("i1"), story.openSlots("i2"))).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void theLaterProfileStands() {
        assertThat(story.rater(profile("ann").setOccurredAtMs(5).setCapacity(1)))
                .hasExactlyElementsOfTypes(RaterRecorded.class);
        assertThat(story.rater(profile("ann").setOccurredAtMs(5).setCapacity(1)))
                .hasExactlyElementsOfTypes(DuplicateIgnored.class);
        assertThat(story.rater(profile("ann").setEventId("older").setOccurredAtMs(4)))
                .hasExactlyElementsOfTypes(DuplicateIgnored.class);
        assertThat(story.rater(profile("ann").setEventId("newer").setOccurredAtMs(6)))
                .hasExactlyElementsOfTypes(RaterRecorded.class);
    }

    @Test
    void aKindOfRaterOfANewerVersionStopsTheStage() {
        QueueStory other = QueueStory.under(policy(1, pool(POOL).build()));
        assertThatThrownBy(() -> other.rater(profile("x").setKind(RaterKind.UNKNOWN)))
                .isInstanceOf(NotUpgraded.class);
    }
}
