package dev.heed.items.alerts;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.StandingAlerts;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.event.SignalKind;
import dev.heed.fact.AlertInstalled;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.Triaged;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.SliceAlert;
import dev.heed.policy.Policy;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertedItemsTest {
    private final ItemsTrial items = new ItemsTrial(Policy.newBuilder(ItemsPolicies.only(
                    ItemsPolicies.violation().setEscalates(false).build()))
            .setMaxExposureFactorMicros(5_000_000)
            .build());

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void anAlertedSliceIsMoreExposedUntilTheAlertEnds() {
        alert("a1", Dimension.SLICE, "maths", 3_000_000, 60_000);
        assertThat(exposure("i1", "maths")).isEqualTo(3_000_000);
        assertThat(exposure("i2", "poems")).isEqualTo(1_000_000);
        // Severity 2 on children, and the alert on top of it.
        assertThat(exposure("i3", "children", "maths")).isEqualTo(6_000_000);
        items.tickAfter(60_000);
        assertThat(exposure("i4", "maths")).isEqualTo(1_000_000);
    }

    @Test
    void theLargestFactorCountsUpToTheCap() {
        alert("a1", Dimension.SLICE, "maths", 2_000_000, 60_000);
        alert("a2", Dimension.LANGUAGE, "en", 4_000_000, 60_000);
        assertThat(exposure("i1", "maths")).isEqualTo(4_000_000);
        alert("a3", Dimension.QUESTION, VIOLATION, 50_000_000, 60_000);
        assertThat(exposure("i2", "maths")).isEqualTo(5_000_000);
    }

    @Test
    void eachDimensionFindsItsItems() {
        alert("a1", Dimension.TEMPLATE, "t0", 2_000_000, 60_000);
        assertThat(exposure("i1")).isEqualTo(2_000_000);
        alert("a2", Dimension.MODEL, "model-0@v0", 3_000_000, 60_000);
        assertThat(exposure("i2")).isEqualTo(3_000_000);
        alert("a3", Dimension.MODEL, "model-0@v9", 4_000_000, 60_000);
        alert("a4", Dimension.RATER, "rita", 4_000_000, 60_000);
        assertThat(exposure("i3")).isEqualTo(3_000_000);
        items.send("alert", alertOf("a5", "another", Dimension.QUESTION, "another", 4_000_000, 60_000));
        assertThat(exposure("i4")).isEqualTo(3_000_000);
    }

    @Test
    void theAlertThatEndsLastStands() {
        alert("a1", Dimension.SLICE, "maths", 3_000_000, 60_000);
        assertThat(items.send("alert", alertOf("a1", VIOLATION, Dimension.SLICE, "maths", 9_000_000, 59_000)))
                .singleElement()
                .isInstanceOf(DuplicateIgnored.class);
        alert("a1", Dimension.SLICE, "maths", 2_000_000, 90_000);
        assertThat(exposure("i1", "maths")).isEqualTo(2_000_000);
    }

    @Test
    void alertsAreLimitedAndEndedOnesMakeRoomFirst() {
        alert("ended", Dimension.SLICE, "maths", 3_000_000, 1_000);
        items.tickAfter(1_000);
        for (int i = 0; i < StandingAlerts.MAX; i++) {
            alert("a" + i, Dimension.SLICE, "s" + i, 3_000_000, 60_000 + i);
        }
        assertThat(StandingAlerts.at(items.stage().state(), 0)).hasSize(StandingAlerts.MAX);
        alert("one-more", Dimension.SLICE, "s", 3_000_000, 90_000);
        assertThat(items.facts(AlertInstalled.class)).last().satisfies(installed -> assertThat(installed.getDropped())
                .containsExactly("a0"));
    }

    @Test
    void anAlertFromOutsideGoesToCalibration() {
        items.sendPublic("maths", outside(SignalKind.DRIFT_ALERT));
        items.sendPublic("maths", outside(SignalKind.USER_REPORT));
        assertThat(items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class).stream()
                        .map(CalibrationEvent::getOutsideAlert)
                        .filter(Objects::nonNull))
                .containsExactly(outside(SignalKind.DRIFT_ALERT));
    }

    private static SignalAccepted outside(SignalKind kind) {
        return ItemsTrial.signal("s-" + kind, "", "monitor")
                .setInteractionId(null)
                .setSlice("maths")
                .setQuestionId(null)
                .setKind(kind)
                .build();
    }

    private void alert(String id, Dimension dimension, String subject, long factorMicros, long standsMs) {
        items.send("alert", alertOf(id, VIOLATION, dimension, subject, factorMicros, standsMs));
    }

    private SliceAlert alertOf(
            String id, String questionId, Dimension dimension, String subject, long factorMicros, long standsMs) {
        return new SliceAlert(
                id,
                questionId,
                DriftKind.POLICY_AMBIGUITY,
                dimension,
                subject,
                List.of(),
                factorMicros,
                items.nowMs() + standsMs,
                false);
    }

    private long exposure(String id, String... slices) {
        return ItemsTrial.of(items.interaction(id, 1, slices), Triaged.class)
                .get(0)
                .getScores()
                .getExposureMicros();
    }
}
