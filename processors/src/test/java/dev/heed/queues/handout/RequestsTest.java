package dev.heed.queues.handout;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.of;
import static dev.heed.queues.QueueStory.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.RaterKind;
import dev.heed.event.RequestTasks;
import dev.heed.event.Seal;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.WaitEnded;
import dev.heed.fact.WorkAwaited;
import dev.heed.journal.ActionAccepted;
import dev.heed.out.DeadLetter;
import dev.heed.queues.QueueStory;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private final QueueStory story = QueueStory.under(policy(1, pool(POOL).build()));

    @AfterEach
    void everyStoryHolds() {
        story.check();
    }

    @Test
    void aRequestIsServedAtOnceByValue() {
        story.raters("ann");
        story.want("i1", 40_000);
        story.want("i2", 60_000);
        assertThat(story.request("ann", 1))
                .hasExactlyElementsOfTypes(WorkAwaited.class, TaskLeased.class, WaitEnded.class);
        assertThat(story.held("ann")).containsExactly("i2");
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("i2", "i1");
    }

    @Test
    void whoGetsFewerWaitsAndIsServedWhenTasksCome() {
        story.raters("ann");
        story.want("i1", 40_000);
        story.request("ann", 3);
        assertThat(story.held("ann")).containsExactly("i1");
        assertThat(story.want("i2", 50_000)).hasAtLeastOneElementOfType(TaskLeased.class);
        assertThat(of(WaitEnded.class, story.want("i3", 50_000)))
                .singleElement()
                .extracting(WaitEnded::getReason)
                .isEqualTo("met");
        story.want("i4", 50_000);
        assertThat(story.held("ann")).containsExactly("i1", "i2", "i3");
    }

    @Test
    void aWishLapses() {
        story.raters("ann");
        story.request("ann", 1);
        assertThat(of(WaitEnded.class, story.pass(299_999))).isEmpty();
        assertThat(of(WaitEnded.class, story.pass(1)))
                .singleElement()
                .extracting(WaitEnded::getReason)
                .isEqualTo("lapsed");
        story.want("i1", 40_000);
        assertThat(story.held("ann")).isEmpty();
    }

    @Test
    void whoAsksAgainKeepsThePlaceInTheLine() {
        story.raters("ann", "bob");
        story.request("ann", 1);
        story.request("bob", 1);
        story.pass(200_000);
        story.request("ann", 1);
        story.want("i1", 40_000);
        assertThat(story.held("ann")).containsExactly("i1");
        assertThat(of(WaitEnded.class, story.pass(100_000)))
                .singleElement()
                .extracting(WaitEnded::getRaterId)
                .isEqualTo("bob");
    }

    @Test
    void capacityBoundsWhatIsHeldAndAnAnswerMakesRoom() {
        story.rater(profile("ann").setCapacity(2));
        for (int i = 1; i <= 4; i++) {
            story.want("i" + i, 100_000 - i);
        }
        story.request("ann", 20);
        assertThat(story.held("ann")).containsExactly("i1", "i2");
        // She asks again before her answer has come through the item: the wish waits for it.
        story.request("ann", 1);
        assertThat(story.held("ann")).hasSize(2);
        story.answer("i1", "ann");
        assertThat(story.held("ann")).containsExactly("i2", "i3");
        assertThat(story.queue().rater("ann").getWantedTasks()).isZero();
    }

    @Test
    void aRepeatedRequestChangesNothing() {
        story.raters("ann");
        story.want("i1", 40_000);
        story.want("i2", 40_000);
        ActionAccepted.Builder action = story.nextAction("ann").setRequestTasks(new RequestTasks(POOL, "ann", 1));
        story.act(action);
        assertThat(story.act(action)).hasExactlyElementsOfTypes(DuplicateIgnored.class);
        assertThat(story.held("ann")).hasSize(1);
    }

    @Test
    void whoMayNotAskIsToldWhy() {
        story.rater(profile("bot").setKind(RaterKind.AI_JUDGE));
        story.rater(profile("gone").setActive(false));
        story.rater(profile("stranger").setPools(List.of("other")));
        story.raters("ann");
        assertThat(List.of(
                        code(story.request("nobody", 1)),
                        code(story.request("bot", 1)),
                        code(story.request("gone", 1)),
                        code(story.request("stranger", 1)),
                        code(story.request("ann", 0)),
                        code(story.act(story.nextAction("ann").setRequestTasks(new RequestTasks("nowhere", "ann", 1)))),
                        code(story.act(story.nextAction("ann").setSeal(new Seal("sft"))))))
                .containsExactly(
                        "unknown_rater",
                        "not_human",
                        "inactive_rater",
                        "not_in_pool",
                        "bad_count",
                        "unknown_pool",
                        "wrong_target");
        assertThat(story.sent(Channel.DEAD_LETTERS, DeadLetter.class)).hasSize(7);
    }

    private static String code(List<SpecificRecord> facts) {
        return of(EventRefused.class, facts).get(0).getReasonCode();
    }

    @Test
    void aRaterWhoLeavesIsServedNoMore() {
        story.raters("ann");
        story.request("ann", 1);
        story.rater(profile("ann").setEventId("later").setActive(false).setOccurredAtMs(1));
        story.want("i1", 40_000);
        assertThat(story.held("ann")).isEmpty();
    }
}
