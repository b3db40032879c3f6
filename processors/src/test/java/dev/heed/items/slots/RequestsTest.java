package dev.heed.items.slots;

import static dev.heed.items.ItemsPolicies.POOL;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Lane;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LabelsUnrequested;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.TaskWanted;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private ItemsTrial items =
            new ItemsTrial(ItemsPolicies.only(ItemsPolicies.violation().build()));

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void anItemRoutedToPeopleAsksForAsManyAsAJudgmentNeeds() {
        items.interaction("i1", 1);
        TaskWanted task = last();
        assertThat(task.getLabelsWanted()).isEqualTo(2);
        assertThat(task.getLane()).isEqualTo(Lane.VALUE);
        assertThat(task.getSelectionPropensityMicros()).isEqualTo(1_000_000);
        assertThat(task.getValueMicros()).isEqualTo(110_000);
        assertThat(task.getRiskMicros()).isEqualTo(3_000_000);
        assertThat(task.getLanguage()).isEqualTo("en");
        assertThat(task.getRequest()).isEqualTo(1);
        assertThat(items.sent(Channel.QUEUES_JOURNAL, QueuesEvent.class))
                .singleElement()
                .satisfies(event -> assertThat(event.getTaskWanted()).isEqualTo(task));
        assertThat(items.stage().sent(Channel.QUEUES_JOURNAL).get(0).key()).isEqualTo(POOL);
    }

    @Test
    void aMoreUrgentRouteAsksAgainForWhatIsStillMissing() {
        items.interaction("i1", 1);
        items.lease("i1", "rita", "t1");
        items.verdict("s1", "i1", "guard", "violation");
        assertThat(last().getLane()).isEqualTo(Lane.CRITICAL);
        assertThat(last().getRequest()).isEqualTo(2);
        assertThat(last().getLabelsWanted()).isEqualTo(1);
        assertThat(last().getExcludedRaters()).containsExactly("rita");
        assertThat(last().getLeasedTasks()).containsExactly("t1");
        items.verdict("s2", "i1", "other", "violation");
        assertThat(items.facts(LabelsRequested.class)).as("as urgent as before").hasSize(2);
    }

    @Test
    void anExploredItemIsAskedForWithItsPropensity() {
        items = new ItemsTrial(ItemsPolicies.policy()
                .setQuestions(List.of(ItemsPolicies.violation().build()))
                .setExplorationMicros(999_999)
                .build());
        items.price(10, 1);
        items.interaction("i1", 1);
        assertThat(last().getLane()).isEqualTo(Lane.EXPLORATION);
        assertThat(last().getSelectionPropensityMicros()).isEqualTo(999_999);
    }

    @Test
    void whatNobodyIsToLookAtAsksForNothing() {
        items.price(10, 1);
        items.interaction("i1", 1);
        assertThat(items.facts(LabelsRequested.class)).isEmpty();
    }

    @Test
    void aKnownAnswerNeedsNobody() {
        items.price(10, 1);
        items.interaction("i1", 1);
        items.gold("g1", "i1", VIOLATION, "violation");
        items.price(0.01, 2);
        items.verdict("s1", "i1", "guard", "violation");
        assertThat(items.facts(LabelsRequested.class)).isEmpty();
    }

    @Test
    void aLabelNobodyAskedForTakesTheFirstPlace() {
        items.interaction("i1", 1);
        items.label("f1", "i1", "rita", "ok");
        assertThat(last().getLabelsWanted()).isEqualTo(1);
        assertThat(last().getExcludedRaters()).containsExactly("rita");
        items.label("f2", "i1", "sam", "ok");
        assertThat(items.facts(LabelsUnrequested.class)).singleElement().satisfies(unrequested -> assertThat(
                        unrequested.getTask().getRequest())
                .isEqualTo(2));
    }

    @Test
    void itLeavesLeasesAloneWhenOnlyHandOutsAreToStop() {
        items.interaction("i1", 1);
        items.lease("i1", "rita", "t1");
        items.label("f1", "i1", "sam", "ok");
        assertThat(last().getLabelsWanted()).isZero();
        assertThat(items.facts(LabelsUnrequested.class)).isEmpty();
        // Her lease lapses, and the queue hands it out again by itself.
        items.leaseEnded("i1", "rita", "t1", "expired");
        assertThat(items.question("i1", VIOLATION).getWanted()).isEqualTo(1);
        assertThat(items.facts(LabelsRequested.class)).hasSize(2);
    }

    @Test
    void aQuestionThatMovedToAnotherPoolIsTakenBackFromTheFirst() {
        items.interaction("i1", 1);
        Pool other = ItemsPolicies.pool();
        other.setPool("night");
        Question moved = ItemsPolicies.violation().setPool("night").build();
        items.send(
                "policy-2",
                ItemsPolicies.policy()
                        .setEventId("policy-2")
                        .setPolicyVersion(2)
                        .setQuestions(List.of(moved))
                        .setPools(List.of(other))
                        .build());
        items.verdict("s1", "i1", "guard", "violation");
        assertThat(items.facts(LabelsUnrequested.class)).singleElement().satisfies(unrequested -> assertThat(
                        unrequested.getTask().getPool())
                .isEqualTo(POOL));
        assertThat(last().getPool()).isEqualTo("night");
        assertThat(last().getLabelsWanted()).isEqualTo(2);
    }

    private TaskWanted last() {
        List<LabelsRequested> all = items.facts(LabelsRequested.class);
        return all.get(all.size() - 1).getTask();
    }
}
