package dev.heed.queues.handout;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.of;
import static dev.heed.queues.QueueStory.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.ReleaseTask;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.LeaseExpired;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.TaskLeft;
import dev.heed.fact.TaskQueued;
import dev.heed.fact.TaskSettled;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.ItemsEvent;
import dev.heed.out.Task;
import dev.heed.queues.QueueStory;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final QueueStory story = QueueStory.under(policy(1, pool(POOL).build()));

    @AfterEach
    void everyStoryHolds() {
        story.check();
    }

    @Test
    void aLeaseIsToldToTheItemAndToTheRater() {
        story.raters("ann");
        story.want("i1", 40_000);
        story.request("ann", 1);
        TaskLeased leased = story.of(TaskLeased.class).get(0);
        assertThat(leased.getLease().getExpiresAtMs()).isEqualTo(story.nowMs() + 60_000);
        assertThat(leased.getLease().getPropensityMicros()).isEqualTo(1_000_000);
        assertThat(story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class))
                .extracting(ItemsEvent::getLeaseGranted)
                .containsExactly(leased.getLease());
        assertThat(story.sent(Channel.TASKS, Task.class)).containsExactly(leased.getTask());
    }

    @Test
    void anAnswerSettlesTheLeaseAndARepeatOfItDoesNothing() {
        story.raters("ann");
        story.want("i1", 40_000);
        story.request("ann", 1);
        story.pass(5_000);
        TaskSettled settled = of(TaskSettled.class, story.answer("i1", "ann")).get(0);
        assertThat(settled.getHeldMs()).isEqualTo(5_000);
        assertThat(story.held("ann")).isEmpty();
        assertThat(story.openSlots("i1")).isZero();
        assertThat(story.answer("i1", "ann")).isEmpty();
        assertThat(lastTold().getState()).isEqualTo("ended");
    }

    @Test
    void anExpiredLeaseOpensItsSlotForAnotherAndForTheSameRaterOnlyLater() {
        story.raters("ann", "bob");
        story.want("i1", 40_000);
        story.request("ann", 1);
        assertThat(of(LeaseExpired.class, story.pass(59_999))).isEmpty();
        LeaseExpired expired = of(LeaseExpired.class, story.pass(1)).get(0);
        assertThat(expired.getLease().getReason()).isEqualTo("expired");
        assertThat(story.openSlots("i1")).isEqualTo(1);
        assertThat(lastTold().getState()).isEqualTo("ended");
        assertThat(story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class).get(1).getLeaseEnded())
                .isEqualTo(expired.getLease());

        story.request("ann", 1);
        assertThat(story.held("ann")).isEmpty();
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("i1");
        story.pass(60_000);
        // Ann's time to be offered it again comes 120 s after she let it lapse.
        assertThat(story.held("ann")).isEmpty();
        story.pass(60_000);
        assertThat(story.held("ann")).containsExactly("i1");
    }

    @Test
    void aLabelThatComesAfterExpiryClosesTheSlotThatWasOpenedAgain() {
        story.raters("ann");
        story.want(task("i1", 40_000).setLabelsWanted(2));
        story.request("ann", 1);
        story.pass(60_000);
        assertThat(story.openSlots("i1")).isEqualTo(2);
        assertThat(of(TaskSettled.class, story.answer("i1", "ann")))
                .singleElement()
                .extracting(TaskSettled::getLate)
                .isEqualTo(true);
        assertThat(story.openSlots("i1")).isEqualTo(1);
        assertThat(story.answer("i1", "ann")).isEmpty();
        story.pass(600_000);
        story.request("ann", 1);
        assertThat(story.held("ann")).as("she has answered").isEmpty();
    }

    @Test
    void aLateLabelForTheLastSlotSatisfiesTheTask() {
        story.raters("ann");
        story.want("i1", 40_000);
        story.request("ann", 1);
        story.pass(60_000);
        assertThat(of(TaskLeft.class, story.answer("i1", "ann")))
                .singleElement()
                .extracting(TaskLeft::getReason)
                .isEqualTo("satisfied");
    }

    @Test
    void aLateLabelCountsTheSameBeforeAndAfterTheNextLapse() {
        story.raters("ann", "bob");
        story.want("i1", 40_000);
        story.request("ann", 1);
        story.pass(60_000);
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("i1");
        story.answer("i1", "ann");
        assertThat(story.openSlots("i1")).as("bob's label is one too many").isEqualTo(-1);
        story.pass(60_000);
        assertThat(story.held("bob")).isEmpty();
        assertThat(story.openSlots("i1")).isZero();
    }

    @Test
    void aLeaseThatLapsedAfterACancelIsDueAgainIfTheNextRequestHadCountedOnIt() {
        story.raters("ann");
        story.want("i1", 40_000);
        story.request("ann", 1);
        String taskId = story.heldTasks("ann").get(0);
        story.cancel("i1", 1);
        story.pass(60_000);
        assertThat(story.openSlots("i1")).isZero();
        story.want(task("i1", 40_000)
                .setRequest(2)
                .setExcludedRaters(List.of("ann"))
                .setLeasedTasks(List.of(taskId)));
        assertThat(story.openSlots("i1")).isEqualTo(2);
        story.answer("i1", "ann");
        assertThat(story.openSlots("i1"))
                .as("she had answered before she lapsed")
                .isEqualTo(1);
    }

    @Test
    void aTaskGivenBackIsOfferedToWhoWaits() {
        story.raters("ann", "bob");
        story.want("i1", 40_000);
        story.request("ann", 1);
        story.request("bob", 1);
        String taskId = story.heldTasks("ann").get(0);
        ActionAccepted.Builder release = story.nextAction("ann").setReleaseTask(new ReleaseTask(POOL, "ann", taskId));
        List<SpecificRecord> facts = story.act(release);
        assertThat(of(LeaseExpired.class, facts).get(0).getLease().getReason()).isEqualTo("released");
        assertThat(story.held("bob")).containsExactly("i1");
        assertThat(story.act(release)).hasExactlyElementsOfTypes(DuplicateIgnored.class);
    }

    @Test
    void onlyTheHolderCanGiveATaskBack() {
        story.raters("ann", "bob");
        story.want("i1", 40_000);
        story.request("ann", 1);
        String taskId = story.heldTasks("ann").get(0);
        assertThat(of(EventRefused.class, story.release("bob", taskId)).get(0).getReasonCode())
                .isEqualTo("unknown_task");
        assertThat(of(EventRefused.class, story.release("ann", "no such task"))).hasSize(1);
        assertThat(story.held("ann")).containsExactly("i1");
    }

    @Test
    void aLeaseTheItemHadNoSlotForEndsAndIsDueUntilTheItemWantsLess() {
        story.raters("ann");
        story.want("i1", 40_000);
        story.want("i2", 30_000);
        story.request("ann", 1);
        String taskId = story.heldTasks("ann").get(0);
        int told = story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class).size();
        assertThat(story.refuse("i1", "ann", taskId, "no_slot"))
                .hasExactlyElementsOfTypes(LeaseExpired.class, TaskQueued.class);
        assertThat(story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class)).hasSize(told);
        assertThat(story.openSlots("i1")).isEqualTo(1);
        assertThat(story.refuse("i1", "ann", taskId, "no_slot")).isEmpty();
        story.want(QueueStory.task("i1", 40_000).setRequest(2).setLabelsWanted(0));
        assertThat(story.openSlots("i1")).isZero();
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("i2");
    }

    @Test
    void aLeaseRefusedBecauseTheRaterAnsweredUnaskedGoesToAnother() {
        story.raters("ann", "bob");
        story.want("i1", 40_000);
        story.request("ann", 1);
        story.refuse("i1", "ann", story.heldTasks("ann").get(0), "answered");
        assertThat(story.openSlots("i1")).isEqualTo(1);
        story.pass(600_000);
        story.request("ann", 1);
        assertThat(story.held("ann")).as("she has answered").isEmpty();
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("i1");
    }

    @Test
    void aLeaseRefusedOfARaterTheRequestReckonedWithStaysClosed() {
        story.raters("ann");
        story.want(task("i1", 40_000).setLabelsWanted(2));
        story.request("ann", 1);
        String taskId = story.heldTasks("ann").get(0);
        // Ann's label came unasked; the item reckons with it before it hears of her lease.
        story.want(task("i1", 40_000).setRequest(2).setExcludedRaters(List.of("ann")));
        assertThat(story.openSlots("i1")).isEqualTo(1);
        story.refuse("i1", "ann", taskId, "answered");
        assertThat(story.openSlots("i1")).isEqualTo(1);
    }

    @Test
    void aLeaseOutlivesTheCancelOfItsTaskAndDoesNotBringItBack() {
        story.raters("ann");
        story.want(task("i1", 40_000).setLabelsWanted(2));
        story.request("ann", 1);
        story.cancel("i1", 1);
        assertThat(story.held("ann")).containsExactly("i1");
        story.pass(60_000);
        assertThat(story.openSlots("i1")).isZero();
    }

    @Test
    void aTaskThatFindsNoRoomOnItsReturnIsDroppedWithAFact() {
        QueueStory small = QueueStory.under(policy(
                1, pool(POOL).setQueueCapacity(2).setExplorationShareMicros(0).build()));
        small.raters("ann");
        small.want("i1", 40_000);
        small.request("ann", 1);
        small.want("i2", 50_000);
        small.want("i3", 50_000);
        List<SpecificRecord> facts = small.pass(60_000);
        assertThat(of(TaskDropped.class, facts))
                .singleElement()
                .extracting(TaskDropped::getReason)
                .isEqualTo("full");
        small.check();
    }

    private Task lastTold() {
        List<Task> told = story.sent(Channel.TASKS, Task.class);
        return Objects.requireNonNull(told.get(told.size() - 1));
    }
}
