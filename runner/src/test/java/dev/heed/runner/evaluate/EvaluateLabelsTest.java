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

/** The command on a set that can be worked by hand; {@code EvaluateLabelsIT} has the real ones. */
class EvaluateLabelsTest {
    @Test
    void aSmallSetThroughTheTopology(@TempDir Path dir) throws IOException {
        StringBuilder csv = new StringBuilder("item_id,worker_id,label,gold\n");
        for (int item = 1; item <= 6; item++) {
            String gold = item <= 3 || item == 6 ? "x" : "y";
            for (String worker : new String[] {"ann", "bob", "cem"}) {
                String label = item == 6 && worker.equals("cem") ? "y" : gold;
                csv.append(item + "," + worker + "," + label + "," + gold + "\n");
            }
        }
        Path file = Files.writeString(dir.resolve("labels.csv"), csv);

        CommandLineRun run = CommandLineRun.of("evaluate", "labels", file.toString(), "--through", "driver", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode figures = new ObjectMapper().readTree(run.out());
        assertThat(figures.path("items").asInt()).isEqualTo(6);
        assertThat(figures.path("raters").asInt()).isEqualTo(3);
        assertThat(figures.path("labels").asInt()).isEqualTo(18);
        assertThat(figures.path("judgment_accuracy").asDouble()).isEqualTo(1);
        assertThat(figures.path("majority_accuracy").asDouble()).isEqualTo(1);
        // One of 18 labels differs from its two neighbours, of 11 x and 7 y: 1 - (2 / 18) / (2 · 11 · 7 / (18 · 17)).
        assertThat(figures.path("krippendorff_alpha").asDouble()).isCloseTo(60.0 / 77, within(1e-6));
    }
}
