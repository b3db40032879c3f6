package dev.heed.items.arrival;

import static dev.heed.items.ItemsPolicies.PREFERENCE;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static dev.heed.items.ItemsTrial.signal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.RaterKind;
import dev.heed.event.SignalKind;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.OutsideAlert;
import dev.heed.fact.SignalRecorded;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.SubmittedLabel;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private final ItemsTrial items = new ItemsTrial();

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void aScoreBecomesAVerdictByTheThresholdAndALaterOneReplacesIt() {
        items.interaction("i1", 1);
        assertThat(said(signal("s1", "i1", "scorer").setScoreMicros(699_999L))).isEqualTo("ok");
        assertThat(said(signal("s2", "i1", "scorer").setScoreMicros(700_000L))).isEqualTo("violation");
        assertThat(verdicts()).containsExactly("scorer:violation:s2");
        assertThat(said(signal("s3", "i1", "another").setClassName("ok"))).isEqualTo("ok");
        assertThat(verdicts()).containsExactly("another:ok:s3", "scorer:violation:s2");
    }

    @Test
    void repeatsAreIgnoredEvenOfAReplacedVerdict() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "guard", "violation");
        items.verdict("s2", "i1", "guard", "ok");
        assertThat(items.verdict("s1", "i1", "guard", "violation")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(verdicts()).containsExactly("guard:ok:s2");
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedWithWhatWasExpected() {
        items.interaction("i1", 1);
        assertThat(refusal(signal("s1", "i1", "guard").setQuestionId("colour").setClassName("ok")))
                .isEqualTo(
                        "question_unknown: question_id: colour (expected: one of policy 1: [violation, preference])");
        assertThat(refusal(signal("s2", "i1", "guard").setClassName("bad")))
                .isEqualTo(
                        "class_unknown: class_name: bad (expected: one of [ok, violation], the classes of violation)");
        assertThat(refusal(signal("s3", "i1", "guard").setScoreMicros(1L))).startsWith("detector_unbound: ");
        assertThat(refusal(signal("s4", "i1", "misbound").setScoreMicros(999_999L)))
                .startsWith("class_unknown: class_name: bad");
        assertThat(refusal(signal("s5", "i1", "guard").setQuestionId(PREFERENCE).setClassName("A")))
                .isEqualTo("question_not_asked: question_id: preference is not asked about interaction i1 with 1"
                        + " candidates on slices [] (expected: at least 2 candidates, slices any)");
        // A refused event may come again in better shape, even under its id.
        assertThat(said(signal("s2", "i1", "guard").setClassName("ok"))).isEqualTo("ok");
    }

    @Test
    void aSignalThatAnswersNoQuestionIsRecordedAndDecidesNothing() {
        items.interaction("i1", 1);
        SpecificRecord report = signal("s1", "i1", "users")
                .setKind(SignalKind.USER_REPORT)
                .setQuestionId(null)
                .build();
        assertThat(items.sendPublic("i1", report)).hasOnlyElementsOfType(SignalRecorded.class);
        assertThat(items.sendPublic("i1", signal("s2", "i1", "users").build()))
                .hasOnlyElementsOfType(SignalRecorded.class);
        assertThat(items.sendPublic("i1", report)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void aSignalAboutASliceIsKept() {
        SignalAccepted alert = signal("s1", "ignored", "drift")
                .setInteractionId(null)
                .setSlice("children")
                .setKind(SignalKind.DRIFT_ALERT)
                .setQuestionId(null)
                .build();
        List<SpecificRecord> facts = items.sendPublic("children", alert);
        assertThat(facts).first().isInstanceOfSatisfying(SignalRecorded.class, recorded -> assertThat(
                        recorded.getSignal())
                .isEqualTo(alert));
        assertThat(facts).last().as("calibration is told").isEqualTo(new OutsideAlert(alert));
    }

    @Test
    void aUserReportWithAClassIsAVerdictOfItsVendorGroup() {
        items.rater("p1", "users", RaterKind.DETECTOR, "crowd");
        items.rater("p2", "judge", RaterKind.AI_JUDGE, "lab");
        items.rater("p3", "imposter", RaterKind.HUMAN, "");
        items.interaction("i1", 1);
        items.sendPublic(
                "i1",
                signal("s1", "i1", "users")
                        .setKind(SignalKind.USER_REPORT)
                        .setClassName("violation")
                        .build());
        items.verdict("s2", "i1", "judge", "ok");
        items.verdict("s3", "i1", "imposter", "ok");
        assertThat(items.question("i1", VIOLATION).getVerdicts())
                .extracting(verdict -> verdict.getLabel().getRaterId() + " "
                        + verdict.getLabel().getRaterKind() + " "
                        + verdict.getLabel().getVendorGroup())
                .containsExactly("imposter DETECTOR ", "judge AI_JUDGE lab", "users DETECTOR crowd");
    }

    @Test
    void afterTheFirstHumanLabelVerdictsGoToCalibration() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "guard", "violation");
        items.label("f1", "i1", "rita", "violation");
        assertThat(submitted()).containsExactly(List.of("s1", "f1"));
        items.verdict("s2", "i1", "guard", "ok");
        assertThat(submitted()).containsExactly(List.of("s1", "f1"), List.of("s2"));
    }

    @Test
    void anItemHoldsABoundedNumberOfSignals() {
        items.interaction("i1", 1);
        for (int i = 0; i < VerdictLabels.MAX_SIGNALS; i++) {
            items.verdict("s" + i, "i1", "guard", "ok");
        }
        assertThat(refusal(signal("more", "i1", "guard").setClassName("ok"))).startsWith("signals_full: ");
        assertThat(items.verdict("s0", "i1", "guard", "ok")).hasOnlyElementsOfType(DuplicateIgnored.class);
    }

    private String said(SignalAccepted.Builder signal) {
        List<SignalRecorded> recorded = ItemsTrial.of(items.sendPublic("i1", signal.build()), SignalRecorded.class);
        return Objects.requireNonNull(recorded.get(0).getLabel()).getClassName();
    }

    private String refusal(SignalAccepted.Builder signal) {
        EventRefused refused =
                (EventRefused) items.sendPublic("i1", signal.build()).get(0);
        return refused.getReasonCode() + ": " + refused.getReason();
    }

    private List<String> verdicts() {
        return items.question("i1", VIOLATION).getVerdicts().stream()
                .map(verdict -> verdict.getLabel().getRaterId() + ":"
                        + verdict.getLabel().getClassName() + ":"
                        + verdict.getLabel().getLabelId())
                .toList();
    }

    private List<List<String>> submitted() {
        return items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class).stream()
                .map(event -> Objects.requireNonNull(event.getLabels()).getLabels().stream()
                        .map(SubmittedLabel::getLabelId)
                        .toList())
                .toList();
    }
}
