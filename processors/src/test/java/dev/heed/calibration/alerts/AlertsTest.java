package dev.heed.calibration.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.event.SignalKind;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.JudgedObservation;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.SliceAlert;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private CalibrationTrial trial = new CalibrationTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void anAlarmIsToldToItemsAndGatesWhenThePolicySaysSo() {
        watch(refusals().setExposureFactorMicros(2_000_000).setBlocksGates(true));
        trial.stage().tickAfter(1_000);
        refuse(3);
        SliceAlert expected = new SliceAlert(
                "violation|REFUSAL_SHORTCUT|MODEL|tutor@1",
                CalibrationTrial.QUESTION,
                DriftKind.REFUSAL_SHORTCUT,
                Dimension.MODEL,
                "tutor@1",
                List.of("benign"),
                2_000_000L,
                61_000L,
                true);
        assertThat(trial.alarms()).hasSize(1);
        assertThat(toItems()).containsExactly(expected);
        assertThat(toGates()).containsExactly(expected);
        assertThat(trial.stage().sent(Channel.GATES_JOURNAL))
                .allMatch(sent -> sent.destination() == Destination.ALL_PARTITIONS);
    }

    @Test
    void anAlarmThatDoesNothingIsPublicOnly() {
        watch(refusals());
        refuse(3);
        assertThat(trial.alarms()).hasSize(1);
        assertThat(toItems()).isEmpty();
        assertThat(toGates()).isEmpty();
    }

    @Test
    void whatAMonitorOutsideSaysOfASliceGoesTheSameWay() {
        watch(external().setExposureFactorMicros(3_000_000));
        trial.stage().tickAfter(1_000);
        signal("s1", "maths", null);
        assertThat(toItems()).singleElement().satisfies(alert -> {
            assertThat(alert.getKind()).isEqualTo(DriftKind.EXTERNAL);
            assertThat(alert.getDimension()).isEqualTo(Dimension.SLICE);
            assertThat(alert.getSubject()).isEqualTo("maths");
            assertThat(alert.getFactorMicros()).isEqualTo(3_000_000);
            assertThat(alert.getUntilMs()).isEqualTo(61_000);
        });
        assertThat(signal("s1", "maths", null)).singleElement().isInstanceOf(DuplicateIgnored.class);
        signal("s2", "maths", CalibrationTrial.QUESTION);
        assertThat(trial.alarms()).hasSize(2).last().satisfies(alarm -> assertThat(alarm.getOccurrence())
                .isEqualTo(2));
    }

    @Test
    void whatNobodyWatchesForIsRefused() {
        watch(external().setSlices(List.of("maths")));
        assertThat(signal("s1", "poems", null)).singleElement().isInstanceOf(EventRefused.class);
        assertThat(signal("s2", "maths", "another")).singleElement().isInstanceOf(EventRefused.class);
        assertThat(trial.alarms()).isEmpty();
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            trial.stage()
                    .send(
                            CalibrationTrial.QUESTION,
                            new JudgedObservation(
                                    "item-" + i,
                                    CalibrationTrial.QUESTION,
                                    "bad",
                                    1_000_000L,
                                    List.of("benign"),
                                    "en",
                                    "t1",
                                    "tutor@1",
                                    null,
                                    null,
                                    "1",
                                    1));
        }
    }

    private List<SpecificRecord> signal(String eventId, String slice, @Nullable String questionId) {
        return trial.stage()
                .send(
                        slice,
                        SignalAccepted.newBuilder()
                                .setEventId(eventId)
                                .setSlice(slice)
                                .setQuestionId(questionId)
                                .setKind(SignalKind.DRIFT_ALERT)
                                .setDetectorId("monitor")
                                .setOccurredAtMs(5)
                                .build());
    }

    private static PressureRule.Builder refusals() {
        return rule(DriftKind.REFUSAL_SHORTCUT)
                .setClasses(List.of("bad"))
                .setSlices(List.of("benign"))
                .setLimitMicros(50_000);
    }

    private static PressureRule.Builder external() {
        return rule(DriftKind.EXTERNAL);
    }

    private static PressureRule.Builder rule(DriftKind kind) {
        return PressureRule.newBuilder().setKind(kind).setAlphaMicros(10_000).setExpiryMs(60_000);
    }

    private void watch(PressureRule.Builder rule) {
        trial = new CalibrationTrial(
                Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, CalibrationTrial.CLASSES))
                        .setPressures(List.of(rule.build()))
                        .build());
    }

    private List<SliceAlert> toItems() {
        return trial.stage().sent(Channel.ITEMS_JOURNAL).stream()
                .map(sent -> ((ItemsEvent) Objects.requireNonNull(sent.value())).getAlert())
                .filter(Objects::nonNull)
                .toList();
    }

    private List<SliceAlert> toGates() {
        return trial.stage().sent(Channel.GATES_JOURNAL).stream()
                .map(sent -> ((GatesEvent) Objects.requireNonNull(sent.value())).getAlert())
                .filter(Objects::nonNull)
                .toList();
    }
}
