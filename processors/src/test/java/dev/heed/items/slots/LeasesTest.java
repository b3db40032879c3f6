package dev.heed.items.slots;

import static dev.heed.items.ItemsPolicies.POOL;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.LabelsUnrequested;
import dev.heed.fact.LeaseCleared;
import dev.heed.fact.LeaseRecorded;
import dev.heed.fact.LeaseRefused;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.QueuesEvent;
import dev.heed.policy.Policy;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final ItemsTrial items =
            new ItemsTrial(ItemsPolicies.only(ItemsPolicies.violation().build()));

    @BeforeEach
    void anItemWantsTwoOfAtMostThree() {
        items.interaction("i1", 1);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void leasesTakeSlotsUntilThereAreNoMore() {
        assertThat(items.lease("i1", "rita", "t1")).hasOnlyElementsOfType(LeaseRecorded.class);
        assertThat(items.lease("i1", "sam", "t2")).hasOnlyElementsOfType(LeaseRecorded.class);
        items.label("f1", "i1", "tom", "ok");
        assertThat(refused(items.lease("i1", "uma", "t3"))).isEqualTo("no_slot");
        QueuesEvent told = (QueuesEvent) Objects.requireNonNull(lastToQueues().value());
        assertThat(told.getLeaseRefused()).isEqualTo(new LeaseEnded("i1", VIOLATION, "uma", "t3", "no_slot"));
        assertThat(lastToQueues().key()).isEqualTo(POOL);

        items.leaseEnded("i1", "rita", "t1", "expired");
        assertThat(items.lease("i1", "uma", "t4")).hasOnlyElementsOfType(LeaseRecorded.class);
    }

    @Test
    void aRefusalWhereAPolicyHasTakenSlotsAwayIsFollowedByARequestThatFits() {
        items.label("f1", "i1", "rita", "ok");
        assertThat(items.question("i1", VIOLATION).getWanted()).isEqualTo(1);
        Policy fewer = ItemsPolicies.only(
                ItemsPolicies.violation().setMinRaters(1).setMaxRaters(1).build());
        fewer.setPolicyVersion(2);
        fewer.setEventId("policy-2");
        items.send("policies", fewer);
        List<SpecificRecord> facts = items.lease("i1", "sam", "t2");
        assertThat(facts).hasExactlyElementsOfTypes(LeaseRefused.class, LabelsUnrequested.class);
        assertThat(items.question("i1", VIOLATION).getWanted()).isZero();
    }

    @Test
    void nobodyIsAskedTwice() {
        items.lease("i1", "rita", "t1");
        assertThat(refused(items.lease("i1", "rita", "t2"))).isEqualTo("leased");
        items.label("f1", "i1", "rita", "ok");
        assertThat(refused(items.lease("i1", "rita", "t3"))).isEqualTo("answered");
    }

    @Test
    void whoTookTheirLabelBackMayBeAskedAgain() {
        items.label("f1", "i1", "rita", "ok");
        items.sendPublic(
                "i1", ItemsTrial.feedback("f2", "i1", "rita").setWithdrawn(true).build());
        assertThat(items.lease("i1", "rita", "t1")).hasOnlyElementsOfType(LeaseRecorded.class);
    }

    @Test
    void repeatsOfALeaseTakeNoSlotEvenAfterItsEnd() {
        LeaseGranted lease = items.leaseOf("i1", "rita", "t1", 1_000_000);
        items.send("i1", lease);
        assertThat(items.send("i1", lease)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.leaseEnded("i1", "rita", "t1", "released")).hasOnlyElementsOfType(LeaseCleared.class);
        assertThat(items.leaseEnded("i1", "rita", "t1", "released")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.send("i1", lease)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.question("i1", VIOLATION).getLeases()).isEmpty();

        // The same task may be handed out to her again later.
        items.tickAfter(1000);
        assertThat(items.lease("i1", "rita", "t1")).hasOnlyElementsOfType(LeaseRecorded.class);
    }

    @Test
    void anAnsweredLeaseHasNoEndLeft() {
        items.lease("i1", "rita", "t1");
        items.label("f1", "i1", "rita", "ok");
        assertThat(items.leaseEnded("i1", "rita", "t1", "expired")).hasOnlyElementsOfType(DuplicateIgnored.class);
    }

    @Test
    void handOutsStillAwaitedAreCounted() {
        assertThat(wanted()).isEqualTo(2);
        items.lease("i1", "rita", "t1");
        assertThat(wanted()).isEqualTo(1);
        items.lease("i1", "sam", "t2");
        assertThat(wanted()).isZero();
        items.leaseEnded("i1", "sam", "t2", "expired");
        assertThat(wanted()).isEqualTo(1);
        items.lease("i1", "tom", "t3");
        items.leaseEnded("i1", "tom", "t3", "cancelled");
        assertThat(wanted())
                .as("the queue does not hand a cancelled one out again")
                .isZero();
    }

    @Test
    void aLeaseOfAnUnknownItemIsSentBack() {
        assertThat(refused(items.lease("nowhere", "rita", "t1"))).isEqualTo("item_unknown");
        assertThat(items.leaseEnded("nowhere", "rita", "t1", "expired")).hasOnlyElementsOfType(DuplicateIgnored.class);
    }

    private int wanted() {
        return items.question("i1", VIOLATION).getWanted();
    }

    private Outgoing lastToQueues() {
        List<Outgoing> sent = items.stage().sent(Channel.QUEUES_JOURNAL);
        return sent.get(sent.size() - 1);
    }

    private static String refused(List<SpecificRecord> facts) {
        return ((LeaseRefused) facts.get(0)).getEnded().getReason();
    }
}
