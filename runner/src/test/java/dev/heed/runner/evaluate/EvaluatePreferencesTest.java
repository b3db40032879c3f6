package dev.heed.runner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.runner.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatePreferencesTest {
    private final Path dir;

    EvaluatePreferencesTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void aModelThatWinsThreeOfFourIsThreeTimesAsStrong() throws IOException {
        JsonNode figures = evaluate(Files.writeString(dir.resolve("pairs.jsonl"), """
                {"model_a": "x", "model_b": "y", "votes": [1, 1]}
                {"model_a": "y", "model_b": "x", "votes": [2, 0]}

                {"model_a": "y", "model_b": "x", "votes": [1, 0]}
                """));

        assertThat(figures.path("pairs").asInt()).isEqualTo(3);
        assertThat(figures.path("votes").asInt()).isEqualTo(6);
        assertThat(figures.path("ties").asInt()).isEqualTo(2);
        JsonNode strengths = figures.path("strengths");
        assertThat(strengths.path("ties_dropped").path("x").asDouble()).isCloseTo(3.0 / 4, within(1e-9));
        // Two ties are one more win for each.
        assertThat(strengths.path("ties_half").path("x").asDouble()).isCloseTo(4.0 / 6, within(1e-9));
        assertThat(figures.path("reliability")).hasSize(2);
    }

    @Test
    void chosenAndRejectedAreOneVoteAndNameNoModels() throws IOException {
        JsonNode figures = evaluate(Files.writeString(dir.resolve("pairs.jsonl"), """
                {"chosen": "a", "rejected": "b"}
                {"chosen": "c", "rejected": "d"}
                """));

        assertThat(figures.path("votes").asInt()).isEqualTo(2);
        assertThat(figures.path("answers").path("first").asInt()).isEqualTo(2);
        assertThat(figures.path("strengths")).isEmpty();
    }

    @Test
    void aLineThatIsNoPreferenceIsNamed() throws IOException {
        Path file = Files.writeString(
                dir.resolve("pairs.jsonl"), "{\"model_a\": \"x\", \"model_b\": \"y\", \"votes\": [3]}");
        CommandLineRun run = CommandLineRun.of("evaluate", "preferences", file.toString());
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("line 1", "vote 3", "expected: 0, 1 or 2");
    }

    @Test
    void theStrengthsOfRealModelsAreThoseOfTheReference() throws IOException {
        JsonNode strengths =
                evaluate(LabelReference.file("data/pandalm_pairs.jsonl.gz")).path("strengths");
        for (String[] row : LabelReference.rows("bradley_terry_pandalm.csv")) {
            String way = row[0].replace("votes_", "");
            assertThat(strengths.path(way).path(row[1]).asDouble())
                    .as(way + " " + row[1])
                    .isCloseTo(Double.parseDouble(row[2]), within(1e-6));
        }
    }

    private static JsonNode evaluate(Path file) throws IOException {
        CommandLineRun run = CommandLineRun.of("evaluate", "preferences", file.toString(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
