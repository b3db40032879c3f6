package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.math.TiltedRaters.Strengths;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TiltedRatersTest {
    private static final Strengths STRENGTHS = new Strengths(0.8, 2, 10, 2);

    @Test
    void whereNothingWasCountedEverybodyIsThePriorRater() {
        TiltedRaters raters = new TiltedRaters(new long[9], 3, 0, STRENGTHS);
        double[][] prior = {{0.8, 0.1, 0.1}, {0.1, 0.8, 0.1}, {0.1, 0.1, 0.8}};
        assertClose(raters.rows(), prior);
        assertClose(raters.matrix(new long[9]), prior);
    }

    @Test
    void twoClassesByHand() {
        // Two labels per item: w = 2 · 2 · 2 = 8. Counted: 12 labels, 10 of them right.
        // ā = (16 · 0.8 + 10) / (16 + 12) = 22.8/28.
        // Row 0: (8ā + 7) / (8 + 7), as nobody was wrong on class 0; row 1: (8ā + 3) / (8 + 5).
        long[] pooled = {7_000_000, 0, 2_000_000, 3_000_000};
        TiltedRaters raters = new TiltedRaters(pooled, 2, 2, STRENGTHS);
        double common = 22.8 / 28;
        double right0 = (8 * common + 7) / 15;
        double right1 = (8 * common + 3) / 13;
        assertClose(raters.rows(), new double[][] {{right0, 1 - right0}, {1 - right1, right1}});

        // A rater who was right once in three: a = (10ā + 1) / 13. Each diagonal's odds go down alike.
        long[] own = {1_000_000, 0, 2_000_000, 0};
        double factor = odds((10 * common + 1) / 13) / odds(common);
        double tilted0 = odds(right0) * factor / (1 + odds(right0) * factor);
        double tilted1 = odds(right1) * factor / (1 + odds(right1) * factor);
        // s = 2 · 2 = 4; one label stands in row 0, two in row 1.
        assertClose(raters.matrix(own), new double[][] {
            {(4 * tilted0 + 1) / 5, 4 * (1 - tilted0) / 5}, {(4 * (1 - tilted1) + 2) / 6, 4 * tilted1 / 6}
        });
    }

    @Test
    void whatALabelTellsIsAColumnOfTheMatrix() {
        TiltedRaters raters = new TiltedRaters(new long[] {7_000_000, 0, 2_000_000, 3_000_000}, 2, 2, STRENGTHS);
        long[] own = {1_000_000, 0, 2_000_000, 0};
        for (int said = 0; said < 2; said++) {
            assertThat(raters.saying(own, said)).containsExactly(RaterMatrix.column(raters.matrix(own), said));
        }
    }

    @Test
    void labelsOfOneItemCountAsOneItem() {
        // The same mistakes on items of two labels and of twenty: the second say a tenth as much about the rows.
        double few = new TiltedRaters(new long[] {0, 4_000_000, 0, 0}, 2, 2, STRENGTHS).rows()[0][1];
        double many = new TiltedRaters(new long[] {0, 40_000_000, 0, 0}, 2, 20, STRENGTHS).rows()[0][1];
        assertThat(many).isCloseTo(few, within(1e-15));
    }

    @Test
    void manyClassesAndOneSidedCountsStayPossible() {
        int k = 64;
        long[] pooled = new long[k * k];
        Arrays.fill(pooled, 0, k, 1_000_000_000_000L);
        long[] own = new long[k * k];
        own[1] = 1_000_000_000_000L;
        double[][] matrix = new TiltedRaters(pooled, k, 50, STRENGTHS).matrix(own);
        for (double[] row : matrix) {
            assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-9));
            assertThat(Arrays.stream(row).min().orElseThrow()).isPositive();
        }
    }

    private static double odds(double p) {
        return p / (1 - p);
    }

    private static void assertClose(double[][] found, double[][] expected) {
        for (int truth = 0; truth < expected.length; truth++) {
            assertThat(found[truth]).containsExactly(expected[truth], within(1e-12));
        }
    }
}
