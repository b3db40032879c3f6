package dev.heed.queues.price;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.of;
import static dev.heed.queues.QueueStory.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Lane;
import dev.heed.fact.BucketRefilled;
import dev.heed.fact.PriceSet;
import dev.heed.fact.RaterIdled;
import dev.heed.journal.ItemsEvent;
import dev.heed.queues.QueueStory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PricingTest {
    /** Four labels saved up and one an hour more: hardly more than four within the horizon. */
    private final QueueStory story = QueueStory.under(policy(
            1,
            pool(POOL)
                    .setBudgetPerHour(1)
                    .setBucketCapacity(4)
                    .setExplorationShareMicros(0)
                    .build()));

    @AfterEach
    void everyStoryHolds() {
        story.check();
    }

    @Test
    void thePriceRisesTowardsTheFirstTaskThatCannotBeServed() {
        for (int i = 1; i <= 8; i++) {
            story.want("i" + i, i * 100_000);
        }
        PriceSet first = of(PriceSet.class, story.pass(1_000)).get(0);
        assertThat(first.getRank()).isEqualTo(4);
        assertThat(first.getQueueLength()).isEqualTo(8);
        assertThat(first.getMarginalValueMicros()).isBetween(480_000L, 532_000L);
        assertThat(first.getPrice().getPriceMicros()).isEqualTo(1_100);
        PriceSet second = of(PriceSet.class, story.pass(1_000)).get(0);
        assertThat(second.getPrice().getVersion()).isEqualTo(2);
        assertThat(story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class))
                .extracting(ItemsEvent::getPrice)
                .containsExactly(first.getPrice(), second.getPrice());
    }

    @Test
    void aPriceThatDoesNotChangeIsNotTold() {
        story.want("i1", 100_000);
        assertThat(story.pass(1_000)).isEmpty();
        assertThat(story.pass(1_000)).isEmpty();
    }

    @Test
    void criticalTasksTakeFromWhatIsLeftForTheOthers() {
        for (int i = 1; i <= 4; i++) {
            story.want("i" + i, i * 100_000);
        }
        assertThat(of(PriceSet.class, story.pass(1_000))).isEmpty();
        story.want(task("c1", 0).setLane(Lane.CRITICAL));
        story.want(task("c2", 0).setLane(Lane.CRITICAL));
        assertThat(of(PriceSet.class, story.pass(1_000)).get(0).getMarginalValueMicros())
                .isBetween(280_000L, 320_000L);
    }

    @Test
    void aRaterWhoHasNotAskedForAHorizonIsNoLongerStaff() {
        story.raters("ann", "bob");
        story.request("ann", 1);
        story.pass(300_000);
        story.request("bob", 1);
        story.request("ann", 1);
        assertThat(story.queue().staff().getCapacity()).isEqualTo(6);
        assertThat(of(RaterIdled.class, story.pass(599_999))).isEmpty();
        assertThat(of(RaterIdled.class, story.pass(1))).hasSize(2);
        assertThat(story.queue().staff().getCapacity()).isZero();
        story.request("bob", 1);
        assertThat(story.queue().staff().getCapacity()).isEqualTo(3);
    }

    @Test
    void timeInWhichTheBucketWasFullIsNotPaidOutLater() {
        story.raters("ann");
        story.want("i1", 500_000);
        story.pass(40 * 60_000);
        story.request("ann", 1);
        assertThat(of(BucketRefilled.class, story.pass(59 * 60_000))).isEmpty();
        assertThat(of(BucketRefilled.class, story.pass(60_000)))
                .singleElement()
                .extracting(BucketRefilled::getTokensMicros)
                .isEqualTo(4_000_000L);
    }
}
