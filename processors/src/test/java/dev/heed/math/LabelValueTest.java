package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import org.junit.jupiter.api.Test;

class LabelValueTest {
    private static final double[][] ZERO_ONE = {{0, 1}, {1, 0}};

    @Test
    void matchesTheReference() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/label_value.json")) {
            LabelValue value = LabelValue.of(
                    Json.doubles(vector.get("belief")),
                    Json.matrix(vector.get("loss")),
                    vector.get("exposure").asDouble(),
                    Json.matrix(vector.get("rater")),
                    vector.get("max_labels").asInt());
            assertThat(value.risk()).isCloseTo(vector.get("risk").asDouble(), within(1e-9));
            assertThat(value.valuePerLabel())
                    .isCloseTo(vector.get("value_per_label").asDouble(), within(1e-9));
            assertThat(value.bestLabels()).isEqualTo(vector.get("best_m").asInt());
            double[] gains = Json.doubles(vector.get("gain_by_m"));
            assertThat(value.gainByLabels()).hasSize(gains.length);
            for (int m = 0; m < gains.length; m++) {
                assertThat(value.gainByLabels().get(m)).isCloseTo(gains[m], within(1e-9));
            }
        }
    }

    @Test
    void oneLabelByHand() {
        // Undecided, rater right 8 times of 10: the risk falls from 0.5 to 0.2 whatever is said, times exposure 10.
        LabelValue value =
                LabelValue.of(new double[] {0.5, 0.5}, ZERO_ONE, 10, new double[][] {{0.8, 0.2}, {0.2, 0.8}}, 1);
        assertThat(value.risk()).isEqualTo(5);
        assertThat(value.gainByLabels().get(0)).isCloseTo(3, within(1e-12));
    }

    @Test
    void whereOneLabelCannotFlipTheActionThreeCan() {
        // 0.9 against 0.1: one contrary label of odds 4 leaves 9 : 4, two leave 9 : 16.
        LabelValue value =
                LabelValue.of(new double[] {0.9, 0.1}, ZERO_ONE, 1, new double[][] {{0.8, 0.2}, {0.2, 0.8}}, 3);
        assertThat(value.gainByLabels().get(0)).isZero();
        // Two contrary labels: probability 0.1 × 0.64 gained, 0.9 × 0.04 lost.
        assertThat(value.gainByLabels().get(1)).isCloseTo(0.028, within(1e-12));
        // Three contrary labels: 0.1 × 0.512 gained, 0.9 × 0.008 lost; two of three do not flip it.
        assertThat(value.gainByLabels().get(2)).isCloseTo(0.044, within(1e-12));
        assertThat(value.bestLabels()).isEqualTo(3);
        assertThat(value.valuePerLabel()).isCloseTo(0.044 / 3, within(1e-12));
    }

    @Test
    void amongEqualActionsTheFirstIsTaken() {
        assertThat(LabelValue.bestAction(new double[] {0.5, 0.5}, ZERO_ONE)).isZero();
        assertThat(LabelValue.bestAction(new double[] {0.4, 0.6}, ZERO_ONE)).isEqualTo(1);
        assertThat(LabelValue.risk(new double[] {0.4, 0.6}, ZERO_ONE, 2)).isCloseTo(0.8, within(1e-15));
    }

    @Test
    void lookingTooFarAheadIsRefused() {
        assertThat(LabelValue.canLookAhead(20, 5)).isTrue();
        assertThat(LabelValue.canLookAhead(64, 5)).isFalse();
        assertThatThrownBy(() -> LabelValue.of(new double[] {1}, new double[][] {{0}}, 1, new double[][] {{1}}, 9))
                .hasMessageContaining("9 labels ahead");
    }
}
