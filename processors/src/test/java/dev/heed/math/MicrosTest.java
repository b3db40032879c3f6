package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MicrosTest {
    @Test
    void halvesGoToTheEvenNeighbour() {
        assertThat(Micros.of(0.5)).isEqualTo(500_000);
        assertThat(Micros.of(0.0000005)).isEqualTo(0);
        assertThat(Micros.of(0.0000015)).isEqualTo(2);
        assertThat(Micros.of(-0.0000025)).isEqualTo(-2);
        assertThat(Micros.of(-3.25)).isEqualTo(-3_250_000);
    }

    @Test
    void whatIsNoNumberOrTooLargeIsRefused() {
        for (double value :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e13, -1e13}) {
            assertThatThrownBy(() -> Micros.of(value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(value));
        }
    }

    @Test
    void productsAreExactUntilTheLastDigit() {
        assertThat(Micros.product(1_500_000, 2_000_000)).isEqualTo(3_000_000);
        assertThat(Micros.product(1, 500_000)).isZero();
        assertThat(Micros.product(3, 500_000)).isEqualTo(2);
        assertThat(Micros.product(-3, 500_000)).isEqualTo(-2);
        assertThat(Micros.product(9_000_000_000_000_000_000L, 1_000_000)).isEqualTo(9_000_000_000_000_000_000L);
        assertThatThrownBy(() -> Micros.product(Long.MAX_VALUE, 2_000_000)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void whatRoundingLeavesGoesToTheLargestRemainders() {
        assertThat(Micros.simplex(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0})).containsExactly(333_334, 333_333, 333_333);
        assertThat(Micros.simplex(new double[] {0.1000001, 0.8999991, 0.0000008}))
                .containsExactly(100_000, 899_999, 1);
        assertThat(Micros.simplex(new double[] {0, 1})).containsExactly(0, 1_000_000);
        assertThat(Micros.simplex(new double[] {1})).containsExactly(1_000_000);
    }

    @Test
    void whatIsNoDistributionIsRefused() {
        assertThatThrownBy(() -> Micros.simplex(new double[] {0.5, 0.6})).hasMessageContaining("sum to 1.1");
        assertThatThrownBy(() -> Micros.simplex(new double[] {1.5, -0.5})).hasMessageContaining("-0.5");
        assertThatThrownBy(() -> Micros.simplex(new double[] {Double.NaN, 1})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Micros.simplex(new double[] {})).hasMessageContaining("sum to 0");
    }
}
