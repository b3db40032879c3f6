package dev.heed.items.slots;

import static dev.heed.items.ItemsPolicies.POOL;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GoldAnswered;
import dev.heed.fact.GoldTaskEnded;
import dev.heed.fact.GoldTaskRecorded;
import dev.heed.fact.Judged;
import dev.heed.fact.LeaseRefused;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.items.Slots;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.SubmittedLabel;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An item whose answer is known is offered to its pool; what raters say of it tests them and takes no slot. */
class GoldTest {
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
    void itsPoolIsOfferedTheItemWithTheClassAndWhoHasSeenIt() {
        items.label("f1", "i1", "rita", "ok");
        items.gold("g1", "i1", VIOLATION, "violation");
        GoldOffered offered = items.goldOffers().get(0);
        assertThat(offered.getPool()).isEqualTo(POOL);
        assertThat(offered.getClassName()).isEqualTo("violation");
        assertThat(offered.getExcludedRaters()).containsExactly("rita");
        assertThat(offered.getCorrection()).isFalse();
        items.gold("g2", "i1", VIOLATION, "ok");
        assertThat(items.goldOffers()).hasSize(2).last().satisfies(again -> {
            assertThat(again.getClassName()).isEqualTo("ok");
            assertThat(again.getCorrection()).isTrue();
            assertThat(again.getVersion()).isGreaterThan(offered.getVersion());
        });
    }

    @Test
    void moreRatersThanSlotsAnswerItAndCalibrationHearsThatTheyDidNotKnow() {
        items.gold("g1", "i1", VIOLATION, "violation");
        for (String rater : List.of("rita", "sam", "tom", "uma", "vic")) {
            serve(rater);
            items.label("f-" + rater, "i1", rater, "ok");
        }
        assertThat(items.facts(GoldAnswered.class)).hasSize(5).allMatch(GoldAnswered::getLeased);
        assertThat(Slots.used(items.question("i1", VIOLATION))).isZero();
        assertThat(items.submitted()).hasSize(5).allMatch(SubmittedLabel::getBlind);
        assertThat(items.sent(Channel.QUEUES_JOURNAL, QueuesEvent.class))
                .extracting(QueuesEvent::getTaskAnswered)
                .filteredOn(Objects::nonNull)
                .hasSize(5);
    }

    @Test
    void whoAnswersItUnaskedMayHavePickedIt() {
        items.gold("g1", "i1", VIOLATION, "violation");
        items.label("f1", "i1", "rita", "violation");
        assertThat(items.submitted()).singleElement().satisfies(label -> assertThat(label.getBlind())
                .isFalse());
        assertThat(serve("rita")).singleElement().isInstanceOfSatisfying(LeaseRefused.class, refused -> assertThat(
                        refused.getEnded().getReason())
                .isEqualTo("answered"));
    }

    @Test
    void whoHeldASlotGoesOnHoldingIt() {
        items.lease("i1", "rita", "t1");
        items.gold("g1", "i1", VIOLATION, "violation");
        assertThat(serve("rita")).hasOnlyElementsOfType(LeaseRefused.class);
        items.label("f1", "i1", "rita", "ok");
        assertThat(items.facts(GoldAnswered.class)).isEmpty();
        assertThat(Slots.counted(items.question("i1", VIOLATION))).isEqualTo(1);
        assertThat(items.submitted()).singleElement().satisfies(label -> assertThat(label.getBlind())
                .isTrue());
    }

    @Test
    void whoAnsweredItGetsNoSlotByALeaseThatWasUnderWay() {
        items.gold("g1", "i1", VIOLATION, "violation");
        items.label("f1", "i1", "rita", "ok");
        assertThat(items.lease("i1", "rita", "t1")).hasOnlyElementsOfType(LeaseRefused.class);
        assertThat(items.label("f1", "i1", "rita", "ok")).hasOnlyElementsOfType(DuplicateIgnored.class);
        serve("sam");
        assertThat(items.lease("i1", "sam", "t2")).hasOnlyElementsOfType(LeaseRefused.class);
    }

    @Test
    void anAnswerIsRevisedAndTakenBack() {
        items.gold("g1", "i1", VIOLATION, "violation");
        serve("rita");
        items.label("f1", "i1", "rita", "ok");
        assertThat(items.label("f1", "i1", "rita", "ok")).hasOnlyElementsOfType(DuplicateIgnored.class);
        items.label("f2", "i1", "rita", "violation");
        assertThat(items.facts(GoldAnswered.class)).last().satisfies(answered -> {
            assertThat(answered.getRevisedLabelId()).isEqualTo("f1");
            assertThat(answered.getLeased()).isFalse();
        });
        items.sendPublic(
                "i1", ItemsTrial.feedback("w1", "i1", "rita").setWithdrawn(true).build());
        assertThat(items.facts(GoldAnswered.class)).last().satisfies(answered -> assertThat(
                        Objects.requireNonNull(answered.getWithdrawn()).getLabelId())
                .isEqualTo("f2"));
        assertThat(items.sendPublic(
                        "i1",
                        ItemsTrial.feedback("w2", "i1", "rita")
                                .setWithdrawn(true)
                                .build()))
                .hasOnlyElementsOfType(EventRefused.class);
    }

    @Test
    void aLeaseOfItLapsesAndIsNotTakenTwice() {
        items.gold("g1", "i1", VIOLATION, "violation");
        LeaseGranted lease = lease("rita");
        assertThat(items.send("i1", lease)).hasOnlyElementsOfType(GoldTaskRecorded.class);
        assertThat(items.send("i1", lease)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.leaseEnded("i1", "rita", "gold-rita", "expired")).hasOnlyElementsOfType(GoldTaskEnded.class);
        assertThat(items.send("i1", lease)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.leaseEnded("i1", "rita", "gold-rita", "expired"))
                .hasOnlyElementsOfType(DuplicateIgnored.class);
    }

    @Test
    void itIsNeverJudgedByWhatRatersSay() {
        items.gold("g1", "i1", VIOLATION, "violation");
        items.goldBelief("i1", VIOLATION, 1, 0, 1_000_000);
        serve("rita");
        items.label("f1", "i1", "rita", "ok");
        items.goldBelief("i1", VIOLATION, 2, 0, 1_000_000);
        assertThat(items.facts(Judged.class)).hasSize(1);
        assertThat(items.stage().sent(Channel.JUDGMENTS)).isEmpty();
    }

    private List<SpecificRecord> serve(String rater) {
        return items.send("i1", lease(rater));
    }

    private LeaseGranted lease(String rater) {
        LeaseGranted lease = items.leaseOf("i1", rater, "gold-" + rater, 1_000_000);
        lease.setGold(true);
        return lease;
    }
}
