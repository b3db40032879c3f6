package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeliefTest {
    private static final double[][] GOOD = {{0.9, 0.1}, {0.2, 0.8}};

    @Test
    void matchesTheReference() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/belief.json")) {
            List<double[][]> matrices = new ArrayList<>();
            int[] labels = new int[vector.get("labels").size()];
            for (int i = 0; i < labels.length; i++) {
                JsonNode label = vector.get("labels").get(i);
                matrices.add(Json.matrix(vector.get("matrices").get(label.get(0).asText())));
                labels[i] = label.get(1).asInt();
            }
            assertThat(Belief.posterior(Json.doubles(vector.get("prior")), matrices, labels))
                    .containsExactly(Json.doubles(vector.get("posterior")), within(1e-9));
        }
    }

    @Test
    void withoutLabelsItIsThePrior() {
        assertThat(Belief.posterior(new double[] {0.25, 0.75}, List.of(), new int[0]))
                .containsExactly(new double[] {0.25, 0.75}, within(1e-15));
    }

    @Test
    void oneLabelByHand() {
        // 0.5 × 0.9 against 0.5 × 0.2
        assertThat(Belief.posterior(new double[] {0.5, 0.5}, List.<double[][]>of(GOOD), new int[] {0})[0])
                .isCloseTo(9 / 11.0, within(1e-15));
    }

    @Test
    void twoHalfVotesWeighAsMuchAsOne() {
        double[] prior = {0.5, 0.5};
        assertThat(Belief.posterior(prior, List.of(GOOD, GOOD), new int[] {0, 0}, new double[] {0.5, 0.5})[0])
                .isCloseTo(Belief.posterior(prior, List.<double[][]>of(GOOD), new int[] {0})[0], within(1e-15));
    }

    @Test
    void aThousandLabelsDoNotUnderflow() {
        double[] q = Belief.posterior(
                new double[] {0.5, 0.5},
                Collections.nCopies(1000, new double[][] {{1e-9, 1}, {1e-8, 1}}),
                new int[1000]);
        assertThat(q).containsExactly(new double[] {0, 1}, within(1e-15));
    }

    @Test
    void aMatrixThatExcludesEveryClassIsRefused() {
        List<double[][]> impossible = List.<double[][]>of(new double[][] {{0, 1}, {0, 1}});
        assertThatThrownBy(() -> Belief.posterior(new double[] {0.5, 0.5}, impossible, new int[] {0}))
                .hasMessageContaining("no class is possible");
        assertThatThrownBy(() -> Belief.posterior(new double[] {0.5, 0.5}, impossible, new int[] {0, 1}))
                .hasMessageContaining("2 labels, 1 matrices");
    }

    @Test
    void amongEqualsTheLowestIndexWins() {
        assertThat(Belief.argmax(new long[] {3, 5, 5})).isEqualTo(1);
        assertThat(Belief.argmax(new double[] {0.5, 0.5})).isZero();
    }

    @Test
    void entropyAndMarginByHand() {
        assertThat(Belief.entropy(new double[] {0.5, 0.5})).isCloseTo(StrictMath.log(2), within(1e-15));
        assertThat(Belief.entropy(new double[] {0, 1})).isZero();
        assertThat(Belief.margin(new double[] {0.2, 0.5, 0.3})).isCloseTo(0.2, within(1e-15));
        assertThat(Belief.margin(new double[] {0.5, 0.5})).isZero();
        assertThat(Belief.known(3, 2)).containsExactly(0, 0, 1_000_000);
    }
}
