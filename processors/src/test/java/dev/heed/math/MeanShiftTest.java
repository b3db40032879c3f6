package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeanShiftTest {
    @Test
    void twoObservationsByHand() {
        // A rate that must not rise above 0.05: the event gains 0.95 / 0.05 = 19, its absence −1.
        double event = MeanShift.gain(true, 1, 0.05, 1, 1);
        assertThat(event).isCloseTo(19, within(1e-12));
        assertThat(MeanShift.gain(true, 0, 0.05, 1, 1)).isCloseTo(-1, within(1e-12));
        // M = 1 + λ · 19 for λ = 1/16, 1/8, 1/4, 1/2, then (M + 1)(1 − λ).
        List<Long> logs = MeanShift.after(MeanShift.start(), event);
        assertThat(mean(logs)).isCloseTo((2.1875 + 3.375 + 5.75 + 10.5) / 4, within(1e-6));
        logs = MeanShift.after(logs, -1);
        assertThat(mean(logs))
                .isCloseTo((3.1875 * 15 / 16 + 4.375 * 7 / 8 + 6.75 * 3 / 4 + 11.5 / 2) / 4, within(1e-6));
    }

    @Test
    void aFallIsARiseOfWhatIsMissing() {
        assertThat(MeanShift.gain(false, 0, 0.8, 1, 1)).isCloseTo(4, within(1e-12));
        assertThat(MeanShift.gain(false, 1, 0.8, 1, 1)).isCloseTo(-1, within(1e-12));
        assertThat(MeanShift.gain(false, 0.8, 0.8, 1, 1)).isCloseTo(0, within(1e-12));
    }

    @Test
    void atTheLimitAnObservationGainsNothingOnAverage() {
        for (double limit : new double[] {0.02, 0.3, 0.7, 0.98}) {
            for (boolean rises : new boolean[] {true, false}) {
                double gain = limit * MeanShift.gain(rises, 1, limit, 3, 8)
                        + (1 - limit) * MeanShift.gain(rises, 0, limit, 3, 8);
                assertThat(gain).isCloseTo(0, within(1e-12));
            }
        }
    }

    @Test
    void aLighterObservationGainsLess() {
        assertThat(MeanShift.gain(true, 1, 0.05, 1, 10)).isCloseTo(1.9, within(1e-12));
        assertThat(MeanShift.gain(true, 1, 0, 1, 1))
                .as("no limit is overwhelming")
                .isCloseTo(999, within(1e-9));
    }

    @Test
    void theBoundOfASampleByHand() {
        // Of a mean of 0, kl(0, p) = −ln(1 − p): p = 1 − 0.05^(1/100).
        double expected = 1 - StrictMath.pow(0.05, 0.01);
        assertThat(MeanShift.bound(true, 0, 100, 0.05)).isCloseTo(expected, within(1e-12));
        assertThat(MeanShift.bound(false, 1, 100, 0.05)).isCloseTo(1 - expected, within(1e-12));
        double upper = MeanShift.bound(true, 0.3, 200, 0.01);
        assertThat(0.3 * StrictMath.log(0.3 / upper) + 0.7 * StrictMath.log(0.7 / (1 - upper)))
                .isCloseTo(StrictMath.log(100) / 200, within(1e-12));
        assertThat(MeanShift.bound(false, 0, 10, 0.05)).isZero();
    }

    @Test
    void whatCannotBeLostIsRefused() {
        assertThatThrownBy(() -> MeanShift.after(MeanShift.start(), -1.5)).hasMessageContaining("-1.5");
    }

    private static double mean(List<Long> logs) {
        return StrictMath.expm1(
                DetectorLog.mean(logs.stream().mapToLong(Long::longValue).toArray()) / 1e9);
    }
}
