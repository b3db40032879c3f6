package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import org.junit.jupiter.api.Test;

class DetectorLogTest {
    @Test
    void goesWithTheReferenceAndAlarmsAtTheSameObservation() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/drift_e_detector.json")) {
            long required = Micros.of(vector.get("required_accuracy").asDouble());
            long threshold = DetectorLog.thresholdMicros(
                    Micros.of(1 / vector.get("threshold").asDouble()));
            int[] outcomes = Json.ints(vector.get("outcomes"));
            double[] trace = Json.doubles(vector.get("trace_every_10"));
            long log = DetectorLog.NONE;
            int alarmAt = 0;
            for (int t = 1; t <= outcomes.length; t++) {
                log = DetectorLog.after(log, DetectorLog.factorNanos(required, outcomes[t - 1] == 1));
                alarmAt = alarmAt == 0 && DetectorLog.micros(log) >= threshold ? t : alarmAt;
                if (t % 10 == 0) {
                    assertThat(log / 1e9).isCloseTo(StrictMath.log1p(trace[t / 10 - 1]), within(1e-7));
                }
            }
            assertThat(alarmAt).isEqualTo(vector.get("alarm_at").asInt(0));
        }
    }

    @Test
    void threeObservationsByHand() {
        // a = 0.75: wrong × 1.75, right × 0.75. M = 1.75, then 2.75 · 0.75 = 2.0625.
        long log = DetectorLog.after(DetectorLog.NONE, DetectorLog.factorNanos(750_000, false));
        assertThat(log).isEqualTo(DetectorLog.nanos(StrictMath.log(2.75)));
        log = DetectorLog.after(log, DetectorLog.factorNanos(750_000, true));
        assertThat(log).isEqualTo(DetectorLog.nanos(StrictMath.log(3.0625)));
        // α = 0.01: the alarm is at M = 100.
        assertThat(DetectorLog.thresholdMicros(10_000)).isEqualTo(Micros.of(StrictMath.log(101)));
    }

    @Test
    void severalDetectorsAreWorthTheirMean() {
        long seven = DetectorLog.nanos(StrictMath.log(8));
        long one = DetectorLog.nanos(StrictMath.log(2));
        assertThat(DetectorLog.mean(new long[] {seven, one}))
                .isCloseTo(DetectorLog.nanos(StrictMath.log(5)), within(2L));
        assertThat(DetectorLog.mean(new long[] {DetectorLog.NONE, DetectorLog.NONE}))
                .isZero();
    }

    @Test
    void evidenceThatNobodyAnswersStaysFinite() {
        long log = DetectorLog.NONE;
        for (int i = 0; i < 3_000; i++) {
            log = DetectorLog.after(log, 2 * DetectorLog.ONE_NANOS);
        }
        assertThat(log).isEqualTo(690 * DetectorLog.ONE_NANOS);
        assertThat(DetectorLog.mean(new long[] {log, log})).isCloseTo(log, within(1_000L));
    }

    @Test
    void aFactorThatTakesEverythingIsRefused() {
        assertThatThrownBy(() -> DetectorLog.after(0, 0)).hasMessageContaining("0 billionths");
    }
}
