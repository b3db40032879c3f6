package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RaterMatrixTest {
    private static final long[] NONE = new long[4];

    @Test
    void withoutCountsThePooledRowIsThePrior() {
        assertThat(RaterMatrix.pooled(NONE, 2)).isDeepEqualTo(new double[][] {{0.8, 0.2}, {0.2, 0.8}});
        double[][] three = RaterMatrix.pooled(new long[9], 3);
        assertThat(three[1]).containsExactly(new double[] {1 / 6.0, 4 / 6.0, 1 / 6.0}, within(1e-15));
    }

    @Test
    void pooledByHand() {
        // Row 0: 4 + 3 right, 1 + 2 wrong. Row 1: 1 + 0.5 wrong, 4 + 1.5 right.
        double[][] pooled = RaterMatrix.pooled(new long[] {3_000_000, 2_000_000, 500_000, 1_500_000}, 2);
        assertThat(pooled[0]).containsExactly(new double[] {0.7, 0.3}, within(1e-15));
        assertThat(pooled[1]).containsExactly(new double[] {1.5 / 7, 5.5 / 7}, within(1e-15));
    }

    @Test
    void shrunkByHand() {
        // Row 0: (2 × 0.8 + 1) / (2 + 4) and (2 × 0.2 + 3) / 6. Row 1 has no counts and stays pooled.
        double[][] shrunk = RaterMatrix.shrunk(RaterMatrix.pooled(NONE, 2), new long[] {1_000_000, 3_000_000, 0, 0}, 2);
        assertThat(shrunk[0]).containsExactly(new double[] {2.6 / 6, 3.4 / 6}, within(1e-15));
        assertThat(shrunk[1]).containsExactly(new double[] {0.2, 0.8}, within(1e-15));
    }

    @Test
    void tiltedByHand() {
        // ā = 8/10. The rater was right in 6 of 6: a = (4 × 0.8 + 6) / (4 + 6) = 0.92, odds 11.5 against 4.
        // Each diagonal had odds 4, so it gets 11.5 = 0.92 / 0.08.
        double[][] tilted = RaterMatrix.tilted(NONE, new long[] {2_000_000, 0, 0, 4_000_000}, 2);
        assertThat(tilted[0]).containsExactly(new double[] {0.92, 0.08}, within(1e-15));
        assertThat(tilted[1]).containsExactly(new double[] {0.08, 0.92}, within(1e-15));
    }

    @Test
    void aTiltKeepsTheProportionsOfTheErrors() {
        long[] pooled = {9_000_000, 2_000_000, 0, 1_000_000, 5_000_000, 0, 0, 0, 1_000_000};
        double[][] before = RaterMatrix.pooled(pooled, 3);
        double[][] after = RaterMatrix.tilted(pooled, new long[] {0, 0, 4_000_000, 0, 0, 0, 0, 0, 0}, 3);
        assertThat(after[0][1] / after[0][2]).isCloseTo(before[0][1] / before[0][2], within(1e-12));
        assertThat(after[0][0]).isLessThan(before[0][0]);
    }

    @Test
    void priorByHand() {
        assertThat(ClassPrior.of(new long[] {2_000_000, 500_000, 500_000}))
                .containsExactly(new double[] {0.5, 0.25, 0.25}, within(1e-15));
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> RaterMatrix.pooled(new long[3], 2)).hasMessageContaining("3 counts");
        assertThatThrownBy(() -> RaterMatrix.pooled(new long[] {0, -1, 0, 0}, 2))
                .hasMessageContaining("-1 micros");
    }
}
