package dev.heed.items.slots;

import static dev.heed.items.ItemsPolicies.POOL;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static dev.heed.items.ItemsTrial.feedback;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.FeedbackKind;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.LabelAccepted;
import dev.heed.fact.LabelKept;
import dev.heed.fact.LabelReplaced;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.SubmittedLabel;
import dev.heed.journal.TaskAnswered;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabelsTest {
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
    void theFirstLabelBringsTheVerdictsAlong() {
        items.verdict("s1", "i1", "zeta", "violation");
        items.verdict("s2", "i1", "alpha", "ok");
        items.label("f1", "i1", "rita", "violation");
        items.label("f2", "i1", "sam", "ok");
        List<LabelsSubmitted> told = submitted();
        assertThat(ids(told.get(0))).containsExactly("s2", "s1", "f1");
        assertThat(ids(told.get(1))).containsExactly("f2");
        assertThat(items.stage().sent(Channel.CALIBRATION_JOURNAL).get(0).key()).isEqualTo(VIOLATION);
    }

    @Test
    void anAnsweredLeaseIsSettledAndGivesTheLabelItsPropensity() {
        items.send("i1", items.leaseOf("i1", "rita", "t1", 250_000));
        assertThat(items.label("f1", "i1", "rita", "ok"))
                .singleElement()
                .isInstanceOfSatisfying(LabelAccepted.class, accepted -> {
                    assertThat(accepted.getLeased()).isTrue();
                    assertThat(accepted.getLabels().getPropensityMicros()).isEqualTo(250_000);
                });
        List<QueuesEvent> told = items.sent(Channel.QUEUES_JOURNAL, QueuesEvent.class);
        assertThat(told).last().satisfies(event -> assertThat(event.getTaskAnswered())
                .isEqualTo(new TaskAnswered("i1", VIOLATION, POOL, "rita")));
        // A label that nobody asked for belongs to an item that came to be labelled with that probability.
        items.label("f2", "i1", "sam", "ok");
        assertThat(submitted().get(1).getPropensityMicros()).isEqualTo(250_000);
    }

    @Test
    void aLabelWithoutASlotIsKeptAndDoesNotCount() {
        items.lease("i1", "rita", "t1");
        items.label("f1", "i1", "sam", "ok");
        items.label("f2", "i1", "tom", "ok");
        assertThat(items.label("f3", "i1", "uma", "ok"))
                .singleElement()
                .isInstanceOfSatisfying(LabelKept.class, kept -> assertThat(kept.getReason())
                        .isEqualTo("no_slot: 3 labels and leases (expected: below max_raters 3)"));
        assertThat(items.label("f3", "i1", "uma", "ok")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.label("f4", "i1", "rita", "ok"))
                .as("who holds a lease has a slot")
                .hasOnlyElementsOfType(LabelAccepted.class);
        assertThat(submitted()).hasSize(3);

        // Once a slot is free she may speak again and count.
        takeBack("w1", "sam");
        assertThat(items.label("f5", "i1", "uma", "violation")).hasAtLeastOneElementOfType(LabelAccepted.class);
        assertThat(takeBack("w2", "uma")).hasOnlyElementsOfType(LabelReplaced.class);
    }

    @Test
    void whoSpeaksAgainReplacesWhatTheySaid() {
        items.label("f1", "i1", "rita", "ok");
        items.label("f2", "i1", "sam", "ok");
        assertThat(items.label("f3", "i1", "rita", "violation"))
                .singleElement()
                .isInstanceOfSatisfying(LabelReplaced.class, replaced -> assertThat(replaced.getReplacedLabelId())
                        .isEqualTo("f1"));
        assertThat(ids(submitted().get(2))).containsExactly("f3");
        assertThat(items.label("f1", "i1", "rita", "ok")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.question("i1", VIOLATION).getRaters())
                .extracting(held -> held.getLabel().getLabelId())
                .containsExactly("f3", "f2");
    }

    @Test
    void aRevisionThatOvertakesWhatItRevisesStands() {
        items.sendPublic(
                "i1",
                feedback("f2", "i1", "rita")
                        .setClassName("violation")
                        .setRevises("f1")
                        .build());
        assertThat(items.label("f1", "i1", "rita", "ok")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.question("i1", VIOLATION).getRaters())
                .singleElement()
                .satisfies(held -> assertThat(held.getLabel().getClassName()).isEqualTo("violation"));
        // Nobody can silence another by naming their event.
        items.sendPublic(
                "i1",
                feedback("f3", "i1", "mallory")
                        .setClassName("ok")
                        .setRevises("f4")
                        .build());
        assertThat(items.label("f4", "i1", "sam", "violation")).hasAtLeastOneElementOfType(LabelAccepted.class);
    }

    @Test
    void aLabelTakenBackFreesItsSlotAndLeavesCalibration() {
        assertThat(refusal(takeBack("w0", "rita"))).isEqualTo("nothing_to_withdraw");
        items.label("f1", "i1", "rita", "ok");
        takeBack("w1", "rita");
        assertThat(items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class))
                .last()
                .satisfies(event -> assertThat(
                                Objects.requireNonNull(event.getWithdrawn()).getLabelId())
                        .isEqualTo("f1"));
        assertThat(refusal(takeBack("w2", "rita"))).isEqualTo("nothing_to_withdraw");
        assertThat(takeBack("w1", "rita")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.label("f2", "i1", "rita", "ok")).hasAtLeastOneElementOfType(LabelAccepted.class);
        assertThat(items.label("f1", "i1", "rita", "ok")).hasOnlyElementsOfType(DuplicateIgnored.class);
    }

    @Test
    void aKeptLabelTakenBackTellsCalibrationNothing() {
        for (String rater : List.of("a", "b", "c", "d")) {
            items.label("f-" + rater, "i1", rater, "ok");
        }
        takeBack("w1", "d");
        assertThat(items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class))
                .hasSize(3);
    }

    @Test
    void whatCannotCountIsRefused() {
        assertThat(refusal(items.label("f1", "i1", "rita", "bad"))).isEqualTo("class_unknown");
        FeedbackAccepted.Builder ranking = feedback("f2", "i1", "rita").setKind(FeedbackKind.RANKING);
        assertThat(refusal(items.sendPublic("i1", ranking.build()))).isEqualTo("kind_unsupported");
        FeedbackAccepted.Builder other = feedback("f3", "i1", "rita").setQuestionId("colour");
        assertThat(refusal(items.sendPublic("i1", other.setClassName("ok").build())))
                .isEqualTo("question_unknown");
        assertThat(items.question("i1", VIOLATION).getRaters()).isEmpty();
    }

    @Test
    void oneRaterSpeaksABoundedNumberOfTimes() {
        for (int i = 0; i < HeldLabels.MAX_PER_RATER; i++) {
            items.label("f" + i, "i1", "rita", i % 2 == 0 ? "ok" : "violation");
        }
        assertThat(refusal(items.label("more", "i1", "rita", "ok"))).isEqualTo("revisions_full");
        assertThat(items.label("f0", "i1", "rita", "ok")).hasOnlyElementsOfType(DuplicateIgnored.class);
    }

    @Test
    void aBoundedNumberOfLabelsIsKept() {
        for (int i = 0; i < 3 + HeldLabels.MAX_UNCOUNTED; i++) {
            items.label("f" + i, "i1", "rater-" + i, "ok");
        }
        assertThat(refusal(items.label("more", "i1", "one-more", "ok"))).isEqualTo("kept_full");
        assertThat(items.label("again", "i1", "rater-10", "violation")).hasOnlyElementsOfType(LabelKept.class);
    }

    @Test
    void aKnownAnswerGoesToCalibrationWithTheVerdicts() {
        items.verdict("s1", "i1", "guard", "violation");
        assertThat(items.gold("g1", "i1", VIOLATION, "violation")).hasOnlyElementsOfType(GoldRecorded.class);
        assertThat(items.gold("g1", "i1", VIOLATION, "violation")).hasOnlyElementsOfType(DuplicateIgnored.class);
        List<CalibrationEvent> told = items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class);
        assertThat(told).hasSize(2);
        assertThat(Objects.requireNonNull(told.get(0).getGold()).getClassName()).isEqualTo("violation");
        assertThat(ids(Objects.requireNonNull(told.get(1).getLabels()))).containsExactly("s1");

        items.label("f1", "i1", "rita", "ok");
        assertThat(ids(submitted().get(1))).as("calibration has the verdict").containsExactly("f1");
        assertThat(items.gold("g2", "i1", VIOLATION, "ok"))
                .as("gold can be corrected")
                .hasSize(1);
        assertThat(items.question("i1", VIOLATION).getGoldClass()).isEqualTo("ok");
        assertThat(refusal(items.gold("g3", "i1", VIOLATION, "bad"))).isEqualTo("class_unknown");
    }

    private List<SpecificRecord> takeBack(String eventId, String rater) {
        return items.sendPublic(
                "i1", feedback(eventId, "i1", rater).setWithdrawn(true).build());
    }

    private List<LabelsSubmitted> submitted() {
        return items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class).stream()
                .map(CalibrationEvent::getLabels)
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<String> ids(LabelsSubmitted submitted) {
        return submitted.getLabels().stream().map(SubmittedLabel::getLabelId).toList();
    }

    private static String refusal(List<SpecificRecord> facts) {
        return ((EventRefused) facts.get(0)).getReasonCode();
    }
}
