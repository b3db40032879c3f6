package dev.heed.runner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.runner.CommandLineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What an independent implementation makes of a real label set. The files lie beside the project.
 *
 * @param set name of the set
 * @param accuracy of its online beliefs in the arrival order of seed 1
 * @param alpha Krippendorff's nominal alpha
 */
record LabelReference(String set, int labels, int items, int raters, double accuracy, double alpha) {
    /** Column of agreement.csv. */
    private static final int ALPHA = 2;

    private static final Path SHARED = Path.of(System.getProperty("heed.root", ".."), "..", "shared")
            .toAbsolutePath()
            .normalize();

    /** All sets with a reference. */
    static List<LabelReference> all() {
        List<String[]> agreements = rows("agreement.csv");
        List<LabelReference> all = new ArrayList<>();
        for (String[] row : rows("online_calibration.csv")) {
            String alpha = agreements.stream()
                    .filter(each -> each[0].equals(row[0]))
                    .findFirst()
                    .orElseThrow()[ALPHA];
            all.add(new LabelReference(
                    row[0],
                    Integer.parseInt(row[1]),
                    Integer.parseInt(row[2]),
                    Integer.parseInt(row[3]),
                    Double.parseDouble(row[5]),
                    Double.parseDouble(alpha)));
        }
        return all;
    }

    static LabelReference of(String set) {
        return all().stream().filter(each -> each.set().equals(set)).findFirst().orElseThrow();
    }

    /**
     * Evaluates the set by the command and holds the answer against the reference. Being better is allowed.
     *
     * @param worse by how much the accuracy may be worse
     */
    void check(String through, double worse) throws IOException {
        String file = file("data/" + set + ".csv.gz").toString();
        CommandLineRun run =
                CommandLineRun.of("evaluate", "labels", file, "--through", through, "--seed", "1", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode figures = new ObjectMapper().readTree(run.out());
        assertThat(figures.path("labels").asInt()).as(set).isEqualTo(labels);
        assertThat(figures.path("items").asInt()).as(set).isEqualTo(items);
        assertThat(figures.path("raters").asInt()).as(set).isEqualTo(raters);
        assertThat(figures.path("krippendorff_alpha").asDouble()).as(set).isCloseTo(alpha, within(1e-6));
        assertThat(figures.path("judgment_accuracy").asDouble()).as(set).isGreaterThanOrEqualTo(accuracy - worse);
    }

    /** The rows of a reference file, without its header. */
    static List<String[]> rows(String name) {
        Path path = file("reference/" + name);
        try {
            return Files.readAllLines(path).stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A shared file; the test is not run where it is missing, but fails where {@code CI} is set. */
    static Path file(String name) {
        Path path = SHARED.resolve(name);
        if (!Files.exists(path)) {
            String message = "shared file " + path + " is missing (expected beside the checkout)";
            if (System.getenv("CI") != null) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        return path;
    }
}
