package dev.heed.items.arrival;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LeaseRefused;
import dev.heed.fact.TextErased;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.QueuesEvent;
import dev.heed.out.Erasure;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsentsTest {
    private final ItemsTrial items =
            new ItemsTrial(ItemsPolicies.only(ItemsPolicies.violation().build()));

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void whoeverWithdrawsReviewIsTakenOutOfTheQueueAndOutOfReviewersHands() {
        items.interaction("i1", 1);
        items.lease("i1", "rita", "t1");
        say("i1", 1, false, true, false);

        QueuesEvent cancelled = queues().get(queues().size() - 2);
        LeaseEnded ended = queues().get(queues().size() - 1).getLeaseRefused();
        assertThat(cancelled.getTaskCancelled()).isNotNull();
        assertThat(ended.getTaskId()).isEqualTo("t1");
        assertThat(ended.getReason()).isEqualTo("consent_withdrawn");
        assertThat(items.question("i1", VIOLATION).getLeases()).isEmpty();
        assertThat(items.facts(TextErased.class)).isEmpty();
    }

    @Test
    void nobodyIsAskedAboutWhatMayNotBeReviewedAndNobodyGetsIt() {
        items.interaction("i1", 1);
        say("i1", 1, false, true, false);
        int asked = items.facts(LabelsRequested.class).size();
        items.verdict("s1", "i1", "guard", "violation");
        items.lease("i1", "sam", "t2");

        assertThat(items.facts(LabelsRequested.class)).hasSize(asked);
        assertThat(items.facts(LeaseRefused.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.getEnded().getReason()).isEqualTo("consent_withdrawn"));
    }

    @Test
    void whatMayNotBeKeptIsErasedOnceAndForGood() {
        items.interaction("i1", 1);
        say("i1", 1, true, true, false);
        say("i1", 2, false, false, true);
        say("i1", 3, false, false, true);

        assertThat(items.item("i1").getErased()).isTrue();
        assertThat(items.sent(Channel.ERASURES, Erasure.class))
                .singleElement()
                .satisfies(erasure -> assertThat(erasure.getEpoch()).isEqualTo(2));
    }

    @Test
    void anErasureThatComesBeforeItsInteractionWaitsForIt() {
        say("i1", 2, false, false, true);
        items.interaction("i1", 1);

        assertThat(items.item("i1").getErased()).isTrue();
        assertThat(items.sent(Channel.ERASURES, Erasure.class)).hasSize(1);
    }

    private void say(String id, long epoch, boolean review, boolean retain, boolean erased) {
        items.stage().send(id, new ConsentDecided(id, "subject", epoch, review, false, retain, erased));
    }

    private List<QueuesEvent> queues() {
        return items.sent(Channel.QUEUES_JOURNAL, QueuesEvent.class).stream()
                .map(Objects::requireNonNull)
                .toList();
    }
}
