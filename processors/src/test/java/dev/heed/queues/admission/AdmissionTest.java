package dev.heed.queues.admission;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.of;
import static dev.heed.queues.QueueStory.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.NotUpgraded;
import dev.heed.event.Lane;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.PoolOpened;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeft;
import dev.heed.fact.TaskQueued;
import dev.heed.queues.QueueStory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final QueueStory story =
            QueueStory.under(policy(1, pool(POOL).setQueueCapacity(5).build()));

    @AfterEach
    void everyStoryHolds() {
        story.check();
    }

    @Test
    void theFirstTaskOpensItsPoolAndTheSecondFindsItOpen() {
        assertThat(story.want("i1", 50_000)).hasExactlyElementsOfTypes(PoolOpened.class, TaskQueued.class);
        assertThat(story.want("i2", 60_000)).hasExactlyElementsOfTypes(TaskQueued.class);
        assertThat(story.openSlots("i1")).isEqualTo(1);
        assertThat(story.queue().lanes().getValueTasks()).isEqualTo(2);
    }

    @Test
    void theHighestRequestStandsAndALowerOrEqualOneIsADuplicate() {
        story.want(task("i1", 50_000).setRequest(2));
        assertThat(story.want(task("i1", 90_000).setRequest(2))).hasExactlyElementsOfTypes(DuplicateIgnored.class);
        assertThat(story.want(task("i1", 90_000).setRequest(1))).hasExactlyElementsOfTypes(DuplicateIgnored.class);
        story.want(task("i1", 70_000).setRequest(3).setLabelsWanted(2));
        assertThat(story.openSlots("i1")).isEqualTo(2);
        assertThat(story.queue().lanes().getValueTasks()).isEqualTo(1);
    }

    @Test
    void aFullQueueLetsTheLeastValuableGoForAMoreValuableOne() {
        // One of five places is kept for exploration.
        story.want("i1", 40_000);
        story.want("i2", 20_000);
        story.want("i3", 30_000);
        story.want("i4", 50_000);

        TaskQueued queued = of(TaskQueued.class, story.want("i5", 25_000)).get(0);
        assertThat(queued.getEvictedInteractionId()).isEqualTo("i2");
        assertThat(story.openSlots("i2")).isZero();

        TaskDropped dropped = of(TaskDropped.class, story.want("i6", 25_000)).get(0);
        assertThat(dropped.getReason()).isEqualTo("full");
        assertThat(story.openSlots("i5")).isEqualTo(1);

        assertThat(of(TaskQueued.class, story.want(task("i2", 60_000).setRequest(2))))
                .singleElement()
                .extracting(TaskQueued::getEvictedInteractionId)
                .isEqualTo("i5");
    }

    @Test
    void aCriticalTaskIsNeverEvictedAndEvictsByItsLaneAlone() {
        story.want("i1", 40_000);
        for (String id : List.of("c1", "c2", "c3", "c4")) {
            story.want(task(id, 0).setLane(Lane.CRITICAL));
        }
        assertThat(story.openSlots("i1")).isZero();
        assertThat(of(TaskDropped.class, story.want("i2", 90_000))).hasSize(1);
        assertThat(of(TaskDropped.class, story.want(task("c5", 90_000).setLane(Lane.CRITICAL))))
                .hasSize(1);
        assertThat(story.queue().lanes().getCriticalTasks()).isEqualTo(4);
    }

    @Test
    void aTaskThatBecomesCriticalTakesItsPlaceAlong() {
        story.want("i1", 40_000);
        story.want(task("i1", 40_000).setLane(Lane.CRITICAL).setRequest(2));
        assertThat(story.queue().lanes().getCriticalTasks()).isEqualTo(1);
        assertThat(story.queue().lanes().getValueTasks()).isZero();
    }

    @Test
    void aCancelledTaskLeavesAndOnlyALaterRequestBringsItBack() {
        story.want(task("i1", 40_000).setRequest(2));
        assertThat(story.cancel("i1", 1)).isEmpty();
        assertThat(of(TaskLeft.class, story.cancel("i1", 2)))
                .singleElement()
                .extracting(TaskLeft::getReason)
                .isEqualTo("cancelled");
        assertThat(story.cancel("i1", 2)).isEmpty();
        assertThat(story.want(task("i1", 40_000).setRequest(2))).hasExactlyElementsOfTypes(DuplicateIgnored.class);
        story.want(task("i1", 40_000).setRequest(3));
        assertThat(story.openSlots("i1")).isEqualTo(1);
    }

    @Test
    void aCancelledRequestOfALaterNumberVoidsThoseBefore() {
        story.want(task("i1", 40_000).setRequest(2));
        story.cancel("i1", 5);
        assertThat(story.want(task("i1", 40_000).setRequest(4))).hasExactlyElementsOfTypes(DuplicateIgnored.class);
        assertThat(story.want(task("i1", 40_000).setRequest(6))).hasExactlyElementsOfTypes(TaskQueued.class);
    }

    @Test
    void onlyWhatTheItemDidNotKnowOfCountsAgainstANewRequest() {
        story.raters("ann", "bob", "cem");
        story.want(task("i1", 40_000).setLabelsWanted(3));
        story.request("ann", 1);
        story.request("bob", 1);
        assertThat(story.openSlots("i1")).isEqualTo(1);

        // The item has heard of ann's lease, not yet of bob's.
        String annsTask = story.heldTasks("ann").get(0);
        story.want(task("i1", 40_000)
                .setRequest(2)
                .setLabelsWanted(2)
                .setExcludedRaters(List.of("ann"))
                .setLeasedTasks(List.of(annsTask)));
        assertThat(story.openSlots("i1")).isEqualTo(1);

        // Ann gives it back; the item asks again before it hears of that, so her slot is still to be handed out again.
        story.release("ann", annsTask);
        assertThat(story.openSlots("i1")).isEqualTo(2);
        story.want(task("i1", 40_000)
                .setRequest(3)
                .setLabelsWanted(1)
                .setExcludedRaters(List.of("ann", "bob"))
                .setLeasedTasks(List.of(annsTask, story.heldTasks("bob").get(0))));
        assertThat(story.openSlots("i1")).isEqualTo(2);

        // By now the item has heard, and wants her slot by number.
        story.want(task("i1", 40_000)
                .setRequest(4)
                .setLabelsWanted(2)
                .setExcludedRaters(List.of("bob"))
                .setLeasedTasks(story.heldTasks("bob")));
        assertThat(story.openSlots("i1")).isEqualTo(2);
    }

    @Test
    void aRequestForNoneStopsHandOutsAndKeepsLeases() {
        story.raters("ann");
        story.want(task("i1", 40_000).setLabelsWanted(2));
        story.request("ann", 1);
        story.want(task("i1", 40_000).setRequest(2).setLabelsWanted(0).setExcludedRaters(List.of("ann")));
        assertThat(story.openSlots("i1")).isZero();
        assertThat(story.held("ann")).containsExactly("i1");
    }

    @Test
    void unknownPoolsAndQuestionsAreRefused() {
        assertThat(of(EventRefused.class, story.want(task("i1", 1).setPool("nowhere"))))
                .singleElement()
                .extracting(EventRefused::getReasonCode)
                .isEqualTo("unknown_pool");
        assertThat(of(EventRefused.class, story.want(task("i1", 1).setQuestionId("taste"))))
                .singleElement()
                .extracting(EventRefused::getReasonCode)
                .isEqualTo("unknown_question");
    }

    @Test
    void aLaneOfANewerVersionStopsTheStage() {
        QueueStory other = QueueStory.under(policy(1, pool(POOL).build()));
        assertThatThrownBy(() -> other.want(task("i1", 1).setLane(Lane.UNKNOWN)))
                .isInstanceOf(NotUpgraded.class);
    }

    @Test
    void tasksLongIdleAreForgottenAsNewOnesCome() {
        story.want("i1", 40_000);
        story.cancel("i1", 1);
        story.pass(3_500_000);
        story.want("i2", 40_000);
        assertThat(story.openSlots("i1")).isZero();
        story.pass(100_000);
        story.want("i3", 40_000);
        assertThat(story.knows("i1")).isFalse();
        assertThat(story.openSlots("i2")).isEqualTo(1);
    }
}
