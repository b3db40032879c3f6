package dev.heed.queues.handout;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Channel;
import dev.heed.core.NotUpgraded;
import dev.heed.event.Lane;
import dev.heed.event.RaterStatus;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.LeaseEnded;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.RaterTrust;
import dev.heed.queues.QueueStory;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is suspended gets nothing and keeps nothing; who is new gets gold; who is on probation gets more of it. */
class StandingTest {
    private static final long WORTH = 50_000;

    private final QueueStory story = QueueStory.under(policy(
            1,
            pool(POOL)
                    .setGoldShareMicros(0)
                    .setProbationGoldShareMicros(Micros.ONE)
                    .build()));

    @BeforeEach
    void twoServeThePool() {
        story.raters("ann", "bob");
    }

    @AfterEach
    void lawsHold() {
        story.check();
    }

    @Test
    void whatASuspendedRaterHoldsGoesToOthersAtOnce() {
        story.want("i1", WORTH);
        story.want("i2", WORTH);
        story.request("ann", 2);
        story.request("bob", 2);
        assertThat(story.held("bob")).isEmpty();
        story.standing("ann", RaterStatus.SUSPENDED, 1);
        assertThat(story.held("ann")).isEmpty();
        assertThat(story.held("bob")).containsExactlyInAnyOrder("i1", "i2");
        assertThat(story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class))
                .extracting(ItemsEvent::getLeaseEnded)
                .filteredOn(Objects::nonNull)
                .extracting(LeaseEnded::getReason)
                .containsExactly("suspended", "suspended");
    }

    @Test
    void aSuspendedRaterGetsNothingUntilTheyReturn() {
        story.standing("ann", RaterStatus.SUSPENDED, 1);
        story.want("i1", WORTH);
        story.want(QueueStory.task("i2", WORTH).setLane(Lane.CRITICAL));
        story.request("ann", 2);
        assertThat(story.held("ann")).isEmpty();
        story.standing("ann", RaterStatus.ACTIVE, 2);
        story.pass(1_000);
        assertThat(story.held("ann")).containsExactly("i2", "i1");
    }

    @Test
    void anOldStandingChangesNothing() {
        story.standing("ann", RaterStatus.ACTIVE, 2);
        assertThat(story.standing("ann", RaterStatus.SUSPENDED, 1)).hasOnlyElementsOfType(DuplicateIgnored.class);
        story.want("i1", WORTH);
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("i1");
    }

    @Test
    void whoIsNewGetsGoldOnlyWhileThereIsSome() {
        story.standing("ann", RaterStatus.ONBOARDING, 1);
        story.offerGold("g1", "yes");
        story.offerGold("g2", "no");
        story.want(QueueStory.task("i1", WORTH).setLane(Lane.CRITICAL));
        story.want("i2", WORTH);
        story.request("ann", 2);
        assertThat(story.held("ann")).containsExactlyInAnyOrder("g1", "g2");
        story.answer("g1", "ann");
        story.answer("g2", "ann");
        story.request("ann", 2);
        assertThat(story.held("ann")).as("nothing is left to test her with").containsExactly("i1", "i2");
    }

    @Test
    void whoIsNewWaitsWhileTheirGoldCannotBePaid() {
        story.standing("ann", RaterStatus.ONBOARDING, 1);
        story.offerGold("g1", "yes");
        for (int i = 0; i < 8; i++) {
            story.want("i" + i, WORTH);
        }
        story.rater(
                QueueStory.profile("bob").setEventId("more").setOccurredAtMs(1).setCapacity(8));
        story.request("bob", 8);
        assertThat(story.held("bob")).hasSize(8);
        story.want(QueueStory.task("i9", WORTH).setLane(Lane.EXPLORATION));
        story.request("ann", 1);
        assertThat(story.queue().bucket().getTokensMicros()).isLessThan(Micros.ONE);
        assertThat(story.held("ann")).isEmpty();
        story.pass(2_000);
        assertThat(story.held("ann")).containsExactly("g1");
    }

    @Test
    void aPolicyThatAsksGoldsOfNewRatersMakesThemNew() {
        Policy testing = policy(2, pool(POOL).setGoldShareMicros(0).build());
        testing.setRaterTrust(RaterTrust.newBuilder()
                .setRequiredAccuracyMicros(800_000)
                .setOnboardingGolds(3)
                .build());
        story.follow(testing);
        story.offerGold("g1", "yes");
        story.want("i1", WORTH);
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("g1");
        story.standing("bob", RaterStatus.ACTIVE, 1);
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("i1");
    }

    @Test
    void whoIsOnProbationGetsTheHigherShare() {
        story.offerGold("g1", "yes");
        story.want("i1", WORTH);
        story.want("i2", WORTH);
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("i1");
        story.standing("ann", RaterStatus.PROBATION, 1);
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("g1");
    }

    @Test
    void aStandingOfANewerVersionStops() {
        QueueStory newer = QueueStory.under(policy(1, pool(POOL).build()));
        assertThatThrownBy(() -> newer.standing("ann", RaterStatus.UNKNOWN, 9)).isInstanceOf(NotUpgraded.class);
    }
}
