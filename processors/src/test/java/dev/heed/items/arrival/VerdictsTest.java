package dev.heed.items.arrival;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static dev.heed.items.ItemsTrial.feedback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Channel;
import dev.heed.core.NotUpgraded;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.LabelAccepted;
import dev.heed.fact.Triaged;
import dev.heed.fact.VerdictRecorded;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.FeedbackAccepted;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private final ItemsTrial items = new ItemsTrial();

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void aJudgeSpeaksLikeADetectorAndHoldsNoSlot() {
        items.interaction("i1", 1);
        assertThat(judge("j1", "violation")).hasAtLeastOneElementOfType(VerdictRecorded.class);
        assertThat(judge("j1", "violation")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(judge("j2", "ok")).hasAtLeastOneElementOfType(Triaged.class);
        assertThat(items.question("i1", VIOLATION).getRaters()).isEmpty();
        assertThat(items.question("i1", VIOLATION).getVerdicts())
                .singleElement()
                .satisfies(held -> assertThat(held.getLabel().getLabelId()).isEqualTo("j2"));
        assertThat(items.facts(LabelAccepted.class)).isEmpty();
    }

    @Test
    void aJudgeCanTakeItsVerdictBack() {
        items.interaction("i1", 1);
        assertThat(reason(takeBack("w0"))).isEqualTo("nothing_to_withdraw");
        judge("j1", "violation");
        takeBack("w1");
        assertThat(items.question("i1", VIOLATION).getVerdicts()).isEmpty();
        assertThat(items.question("i1", VIOLATION).getBeliefMicros()).containsExactly(500_000L, 500_000L);
        assertThat(reason(takeBack("w2"))).isEqualTo("nothing_to_withdraw");
        assertThat(judge("j1", "violation")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class))
                .isEmpty();
    }

    @Test
    void onceCalibrationHoldsTheItemItIsToldOfVerdictsAndTheirWithdrawal() {
        items.interaction("i1", 1);
        items.label("f1", "i1", "rita", "ok");
        judge("j1", "violation");
        takeBack("w1");
        List<CalibrationEvent> told = items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class);
        assertThat(told).hasSize(3);
        assertThat(told.get(1).getLabels()).satisfies(labels -> assertThat(labels.getLabels())
                .singleElement()
                .satisfies(label -> assertThat(label.getRaterKind()).isEqualTo(RaterKind.AI_JUDGE)));
        assertThat(told.get(2).getWithdrawn())
                .satisfies(withdrawn -> assertThat(withdrawn.getLabelId()).isEqualTo("j1"));
    }

    @Test
    void whatNamesNoClassIsRefused() {
        items.interaction("i1", 1);
        FeedbackAccepted.Builder verdict = feedback("j1", "i1", "judge").setRaterKind(RaterKind.AI_JUDGE);
        assertThat(reason(items.sendPublic("i1", verdict.build()))).isEqualTo("class_unknown");
        assertThat(reason(items.sendPublic(
                        "i1", verdict.setKind(FeedbackKind.RANKING).build())))
                .isEqualTo("kind_unsupported");
    }

    @Test
    void whoseProfileSaysOtherwiseIsRefused() {
        items.interaction("i1", 1);
        items.rater("p1", "judge", RaterKind.HUMAN, "");
        items.rater("p2", "rita", RaterKind.AI_JUDGE, "lab");
        assertThat(reason(judge("j1", "violation"))).isEqualTo("rater_kind_contradicted");
        assertThat(reason(items.label("f1", "i1", "rita", "ok"))).isEqualTo("rater_kind_contradicted");
        // Another machine than the profile says is a matter of its own for calibration.
        items.rater("p3", "judge", RaterKind.DETECTOR, "lab");
        assertThat(judge("j2", "violation")).noneMatch(fact -> fact instanceof EventRefused);
    }

    @Test
    void aKindOfRaterFromTheFutureStopsTheStage() {
        ItemsTrial stopped = new ItemsTrial();
        stopped.interaction("i1", 1);
        FeedbackAccepted unknown =
                feedback("j1", "i1", "robot").setRaterKind(RaterKind.UNKNOWN).build();
        assertThatThrownBy(() -> stopped.sendPublic("i1", unknown))
                .isInstanceOf(NotUpgraded.class)
                .hasMessageContaining("j1");
    }

    private List<SpecificRecord> judge(String eventId, String className) {
        return items.sendPublic(
                "i1",
                feedback(eventId, "i1", "judge")
                        .setRaterKind(RaterKind.AI_JUDGE)
                        .setClassName(className)
                        .build());
    }

    private List<SpecificRecord> takeBack(String eventId) {
        return items.sendPublic(
                "i1",
                feedback(eventId, "i1", "judge")
                        .setRaterKind(RaterKind.AI_JUDGE)
                        .setWithdrawn(true)
                        .build());
    }

    private static String reason(List<SpecificRecord> facts) {
        return ((EventRefused) facts.get(0)).getReasonCode();
    }
}
