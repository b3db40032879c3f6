package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KrippendorffTest {
    // Krippendorff (2011), "Computing Krippendorff's alpha-reliability": 12 units, 4 observers, values 1 to 5.
    private static final String[] PUBLISHED = {
        "111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"
    };

    @Test
    void matchesTheReference() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/krippendorff.json")) {
            int classes = 5;
            long[] counts = Krippendorff.NONE;
            for (JsonNode unit : vector.get("units")) {
                counts = Krippendorff.plus(counts, perClass(Json.ints(unit), classes));
            }
            double alpha =
                    switch (vector.get("metric").asText()) {
                        case "nominal" -> Krippendorff.nominal(counts, classes).orElseThrow();
                        case "interval" ->
                            Krippendorff.interval(counts, new double[] {0, 1, 2, 3, 4})
                                    .orElseThrow();
                        default -> throw new AssertionError(vector);
                    };
            assertThat(alpha).isCloseTo(vector.get("alpha").asDouble(), within(1e-9));
        }
    }

    private static int[] perClass(int[] labels, int classes) {
        int[] unit = new int[classes];
        for (int label : labels) {
            unit[label]++;
        }
        return unit;
    }

    @Test
    void matchesThePublishedExample() {
        long[] counts = Krippendorff.NONE;
        for (String unit : PUBLISHED) {
            counts = Krippendorff.plus(
                    counts, perClass(unit.chars().map(c -> c - '1').toArray(), 5));
        }
        assertThat(Krippendorff.nominal(counts, 5).orElseThrow()).isCloseTo(0.743, within(5e-4));
        assertThat(Krippendorff.ordinal(counts, 5).orElseThrow()).isCloseTo(0.815, within(5e-4));
        assertThat(Krippendorff.interval(counts, new double[] {1, 2, 3, 4, 5}).orElseThrow())
                .isCloseTo(0.849, within(5e-4));
    }

    @Test
    void twoUnitsByHand() {
        // {0,0} and {0,1}: o = [[2,1],[1,0]], n = 4, totals 3 and 1: 1 - 3 × 2 / (2 × 3) = 0.
        long[] counts = Krippendorff.plus(Krippendorff.plus(Krippendorff.NONE, new int[] {2, 0}), new int[] {1, 1});
        assertThat(counts).containsExactly(2, 1, 1, 0);
        assertThat(Krippendorff.nominal(counts, 2).orElseThrow()).isCloseTo(0, within(1e-15));
    }

    @Test
    void aUnitGrowsByTakingItsOldSelfBack() {
        long[] others = Krippendorff.plus(Krippendorff.NONE, new int[] {2, 1, 0});
        long[] grown = Krippendorff.plus(others, new int[] {1, 1, 0});
        grown = Krippendorff.plus(Krippendorff.minus(grown, new int[] {1, 1, 0}), new int[] {1, 1, 1});
        grown = Krippendorff.plus(Krippendorff.minus(grown, new int[] {1, 1, 1}), new int[] {1, 1, 2});
        assertThat(grown).isEqualTo(Krippendorff.plus(others, new int[] {1, 1, 2}));
        assertThat(Krippendorff.minus(grown, new int[] {1, 1, 2})).isEqualTo(others);
        assertThat(Krippendorff.minus(others, new int[] {2, 1, 0})).isEqualTo(Krippendorff.NONE);
    }

    @Test
    void aClassIsComparedWithAllOthersTogether() {
        long[] three = Krippendorff.NONE;
        long[] two = Krippendorff.NONE;
        for (int[] unit : new int[][] {{2, 1, 0}, {0, 1, 2}, {3, 0, 0}, {0, 2, 0}, {1, 0, 1}}) {
            three = Krippendorff.plus(three, unit);
            two = Krippendorff.plus(two, new int[] {unit[0], unit[1] + unit[2]});
        }
        assertThat(Krippendorff.ofClass(three, 3, 0).orElseThrow())
                .isCloseTo(Krippendorff.nominal(two, 2).orElseThrow(), within(1e-12));
    }

    @Test
    void withoutPairsOrWithOneClassOnlyThereIsNoAlpha() {
        assertThat(Krippendorff.nominal(Krippendorff.NONE, 2)).isEmpty();
        assertThat(Krippendorff.plus(Krippendorff.NONE, new int[] {1, 0})).isEmpty();
        assertThat(Krippendorff.nominal(Krippendorff.plus(Krippendorff.NONE, new int[] {3, 0}), 2))
                .isEmpty();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Krippendorff.plus(Krippendorff.NONE, new int[] {200, 57}))
                .hasMessageContaining("257 labels");
        assertThatThrownBy(() -> Krippendorff.minus(Krippendorff.NONE, new int[] {1, 1}))
                .hasMessageContaining("never added");
        assertThatThrownBy(() -> Krippendorff.nominal(new long[3], 2)).hasMessageContaining("3 counts");
        long[] counts = {1, 2, 3, 4};
        Krippendorff.plus(counts, new int[] {1, 1});
        assertThat(Arrays.stream(counts).sum()).as("arguments stay as they are").isEqualTo(10);
    }
}
