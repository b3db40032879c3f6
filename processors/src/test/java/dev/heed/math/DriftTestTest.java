package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import org.junit.jupiter.api.Test;

class DriftTestTest {
    @Test
    void matchesTheReference() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/drift_e_detector.json")) {
            DriftTest test = DriftTest.start(
                    vector.get("required_accuracy").asDouble(),
                    1 / vector.get("threshold").asDouble());
            int[] outcomes = Json.ints(vector.get("outcomes"));
            double[] trace = Json.doubles(vector.get("trace_every_10"));
            int alarmAt = 0;
            for (int t = 1; t <= outcomes.length; t++) {
                test = test.observe(outcomes[t - 1] == 1);
                alarmAt = alarmAt == 0 && test.alarmed() ? t : alarmAt;
                if (t % 10 == 0) {
                    double expected = trace[t / 10 - 1];
                    assertThat(test.evidence()).isCloseTo(expected, within(1e-9 * expected));
                }
            }
            assertThat(alarmAt).isEqualTo(vector.get("alarm_at").asInt(0));
        }
    }

    @Test
    void threeObservationsByHand() {
        // a = 0.75, b = 1: right × 0.75, wrong × 1.75.
        DriftTest test = DriftTest.start(0.75, 0.1).observe(false);
        assertThat(test.evidence()).isCloseTo(1.75, within(1e-15));
        test = test.observe(true);
        assertThat(test.evidence()).isCloseTo(2.75 * 0.75, within(1e-15));
        test = test.observe(0.75);
        assertThat(test.evidence()).isCloseTo(2.75 * 0.75 + 1, within(1e-15));
        assertThat(test.alarmed()).isFalse();
    }

    @Test
    void evidenceStaysFiniteWhenNobodyAnswersTheAlarm() {
        DriftTest test = DriftTest.start(0.9, 0.001);
        for (int i = 0; i < 3000; i++) {
            test = test.observe(false);
        }
        assertThat(test.evidence()).isEqualTo(DriftTest.MAX_EVIDENCE);
        assertThat(test.observe(true).evidence()).isFinite();
    }

    @Test
    void whatIsNoDegreeIsRefused() {
        assertThatThrownBy(() -> DriftTest.start(0.8, 0.01).observe(1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> DriftTest.start(0.8, 0.01).observe(Double.NaN)).hasMessageContaining("NaN");
    }
}
