package dev.heed.items.arrival;

import static dev.heed.items.ItemsPolicies.PARK_MS;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventParked;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.InteractionRecorded;
import dev.heed.fact.LabelAccepted;
import dev.heed.fact.ParkedExpired;
import dev.heed.fact.ParkedReleased;
import dev.heed.fact.SignalRecorded;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.out.DeadLetter;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParkingTest {
    private ItemsTrial items = new ItemsTrial();

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void earlyEventsWaitAndAreActedOnInTheirOrder() {
        assertThat(items.verdict("s1", "i1", "guard", "violation")).hasOnlyElementsOfType(EventParked.class);
        assertThat(items.verdict("s1", "i1", "guard", "violation")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.label("f1", "i1", "rita", "violation")).hasOnlyElementsOfType(EventParked.class);
        assertThat(items.gold("g1", "i1", VIOLATION, "violation")).hasOnlyElementsOfType(EventParked.class);

        List<SpecificRecord> facts = items.interaction("i1", 1);
        assertThat(facts)
                .filteredOn(fact -> fact instanceof InteractionRecorded
                        || fact instanceof ParkedReleased
                        || fact instanceof SignalRecorded
                        || fact instanceof LabelAccepted
                        || fact instanceof GoldRecorded)
                .extracting(fact -> fact.getSchema().getName())
                .containsExactly(
                        "InteractionRecorded", "ParkedReleased", "SignalRecorded", "LabelAccepted", "GoldRecorded");
        assertThat(items.verdict("s1", "i1", "guard", "violation")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(nothingWaits()).isTrue();
    }

    @Test
    void onlySoManyWait() {
        items.verdict("s1", "i1", "guard", "ok");
        items.verdict("s2", "i1", "guard", "ok");
        items.verdict("s3", "i1", "guard", "ok");
        assertThat(items.verdict("s4", "i1", "guard", "ok"))
                .singleElement()
                .isInstanceOfSatisfying(EventRefused.class, refused -> assertThat(refused.getReasonCode())
                        .isEqualTo("parked_full"));
        // Another interaction has room of its own, and a consent decision always has.
        assertThat(items.verdict("s5", "i2", "guard", "ok")).hasOnlyElementsOfType(EventParked.class);
        assertThat(items.consent("i1", 1, true)).hasOnlyElementsOfType(EventParked.class);
    }

    @Test
    void whoWaitedTooLongIsRefusedWithItsOwnPlaceInTheInput() {
        items.verdict("s1", "i1", "guard", "ok");
        items.tickAfter(PARK_MS / 2);
        items.label("f1", "i1", "rita", "ok");
        assertThat(items.tickAfter(PARK_MS / 2 - 1)).isEmpty();

        List<SpecificRecord> facts = items.tickAfter(1001);
        assertThat(facts).hasSize(2);
        assertThat(facts.get(0)).isEqualTo(new ParkedExpired("i1", 1));
        assertThat(facts.get(1)).isInstanceOfSatisfying(EventRefused.class, refused -> {
            assertThat(refused.getReasonCode()).isEqualTo("interaction_unknown");
            assertThat(refused.getReason()).contains("i1", "has not come in 61000 ms", "within 60000 ms");
            assertThat(refused.getEventType()).isEqualTo("SignalAccepted");
        });
        assertThat(items.sent(Channel.DEAD_LETTERS, DeadLetter.class))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getSource().getOffset()).isEqualTo(2));

        // What came later waits on, and is acted on when the interaction comes after all.
        assertThat(items.interaction("i1", 1)).hasAtLeastOneElementOfType(LabelAccepted.class);
        assertThat(items.tickAfter(PARK_MS)).isEmpty();
        assertThat(nothingWaits()).isTrue();
    }

    @Test
    void aTickGivesUpABoundedNumberAndTheNextGoesOn() {
        items = new ItemsTrial(ItemsPolicies.policy().setMaxParked(100).build());
        for (int i = 0; i < 100; i++) {
            for (String id : List.of("i1", "i2", "i3")) {
                items.verdict(id + "-" + i, id, "guard", "ok");
            }
        }
        assertThat(items.tickAfter(PARK_MS)).hasSize(202);
        assertThat(items.tickAfter(1)).hasSize(101);
        assertThat(items.tickAfter(1)).isEmpty();
        assertThat(nothingWaits()).isTrue();
    }

    @Test
    void anEarlyConsentWaitsAndTheLatestEpochIsTheOneThatCounts() {
        items.consent("i1", 2, false);
        assertThat(items.consent("i1", 1, true)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.consent("i1", 3, true)).hasOnlyElementsOfType(EventParked.class);
        assertThat(items.tickAfter(PARK_MS * 2)).isEmpty();
        List<ConsentApplied> applied = ItemsTrial.of(items.interaction("i1", 1), ConsentApplied.class);
        assertThat(applied)
                .singleElement()
                .satisfies(fact -> assertThat(fact.getConsent().getEpoch()).isEqualTo(3));
        assertThat(items.consent("i1", 2, false)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.consent("i1", 4, false)).hasOnlyElementsOfType(ConsentApplied.class);
    }

    @Test
    void aConsentForAnInteractionThatNeverComesIsGivenUpInTheEnd() {
        items.consent("i1", 1, true);
        assertThat(items.tickAfter(Parking.EARLY_CONSENT_MS)).hasSize(2);
        assertThat(nothingWaits()).isTrue();
    }

    private boolean nothingWaits() {
        return items.stage().state().entries().keySet().stream()
                .noneMatch(key -> key.startsWith("parked") || key.startsWith("due\0parked"));
    }
}
