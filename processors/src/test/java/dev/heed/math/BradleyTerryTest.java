package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.SharedFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class BradleyTerryTest {
    @Test
    void matchesTheReference() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/bradley_terry.json")) {
            assertStrengths(Json.matrix(vector.get("wins")), Json.doubles(vector.get("strengths")), 1e-9);
        }
    }

    private static void assertStrengths(double[][] wins, double[] expected, double tolerance) {
        BradleyTerry.Fit fit = BradleyTerry.fit(wins);
        assertThat(fit.converged()).isTrue();
        for (int i = 0; i < expected.length; i++) {
            assertThat(fit.strengths().get(i)).isCloseTo(expected[i], within(tolerance));
        }
    }

    @Test
    void twoCandidatesByHand() {
        assertStrengths(new double[][] {{0, 3}, {1, 0}}, new double[] {0.75, 0.25}, 1e-12);
    }

    @Test
    void withoutALossThereIsNoFiniteFit() {
        BradleyTerry.Fit fit = BradleyTerry.fit(new double[][] {{0, 5, 5}, {0, 0, 2}, {0, 2, 0}});
        assertThat(fit.strengths().get(0)).isGreaterThan(0.999);
        assertThat(fit.strengths()).allMatch(p -> p >= 0 && p <= 1);
    }

    @Test
    void aCandidateThatMetNobodyDisturbsNobody() {
        List<Double> strengths = BradleyTerry.fit(new double[][] {{0, 3, 0}, {1, 0, 0}, {0, 0, 0}})
                .strengths();
        assertThat(strengths.get(0) / strengths.get(1)).isCloseTo(3, within(1e-9));
    }

    @Test
    void aRankingGivesEachPairItsShare() {
        // 2 before 0 and 1, which tie; k = 3, so each pair weighs a half.
        double[][] wins = BradleyTerry.winsOfRanking(new int[] {2, 2, 1}, 1);
        assertThat(wins).isDeepEqualTo(new double[][] {{0, 0.25, 0}, {0.25, 0, 0}, {0.5, 0.5, 0}});
        assertThat(BradleyTerry.winsOfRanking(new int[] {1, 2}, 0.8)[0][1]).isEqualTo(0.8);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> BradleyTerry.fit(new double[][] {{0, -1}, {1, 0}}))
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> BradleyTerry.fit(new double[0][])).hasMessageContaining("0 candidates");
    }

    @Test
    void matchesTheReferenceOnRealComparisons() throws Exception {
        List<SharedFiles.Row> expected = SharedFiles.csv("reference/bradley_terry_pandalm.csv");
        List<String> models =
                expected.stream().map(row -> row.get("model")).distinct().toList();
        for (String variant : List.of("votes_ties_dropped", "votes_ties_half")) {
            double[] strengths = expected.stream()
                    .filter(row -> row.get("variant").equals(variant))
                    .mapToDouble(row -> Double.parseDouble(row.get("strength")))
                    .toArray();
            assertStrengths(wins(models, variant.endsWith("half") ? 0.5 : 0), strengths, 1e-6);
        }
    }

    private static double[][] wins(List<String> models, double tie) throws Exception {
        double[][] wins = new double[models.size()][models.size()];
        ObjectMapper mapper = new ObjectMapper();
        for (String line : SharedFiles.lines("data/pandalm_pairs.jsonl.gz")) {
            JsonNode pair = mapper.readTree(line);
            int a = models.indexOf(pair.get("model_a").asText());
            int b = models.indexOf(pair.get("model_b").asText());
            for (JsonNode vote : pair.get("votes")) {
                wins[a][b] += vote.asInt() == 1 ? 1 : vote.asInt() == 0 ? tie : 0;
                wins[b][a] += vote.asInt() == 2 ? 1 : vote.asInt() == 0 ? tie : 0;
            }
        }
        return wins;
    }
}
