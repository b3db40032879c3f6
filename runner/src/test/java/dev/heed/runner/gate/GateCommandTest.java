package dev.heed.runner.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.runner.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateCommandTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void aFileOfResultsPassesOrFails() throws IOException {
        CommandLineRun passed =
                CommandLineRun.of("gate", "evaluate", results(80, "1", "0").toString());
        assertThat(passed.code()).as(passed.err()).isZero();
        assertThat(passed.out()).contains("candidate against reference: PASS", "alpha 0.030396", "80/   80");
        CommandLineRun failed =
                CommandLineRun.of("gate", "evaluate", results(80, "0", "1").toString());
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.out()).contains("FAIL", "worse than the margin on slices [all]");
        CommandLineRun open =
                CommandLineRun.of("gate", "evaluate", results(3, "1", "0").toString());
        assertThat(open.code()).isEqualTo(4);
        assertThat(open.out()).contains("INCONCLUSIVE");
    }

    @Test
    void aLaterAttemptNeedsMoreEvidence() throws IOException {
        Path file = results(12, "1", "0");
        assertThat(CommandLineRun.of("gate", "evaluate", file.toString(), "--margin", "0.3")
                        .code())
                .isZero();
        assertThat(CommandLineRun.of("gate", "evaluate", file.toString(), "--margin", "0.3", "--attempt", "50")
                        .code())
                .isEqualTo(4);
    }

    @Test
    void jsonHasTheEvidenceOfEachSlice() throws IOException {
        CommandLineRun run =
                CommandLineRun.of("gate", "evaluate", results(80, "1", "0").toString(), "--json");
        JsonNode verdict = new ObjectMapper().readTree(run.out());
        assertThat(verdict.get("verdict").asText()).isEqualTo("PASS");
        assertThat(verdict.get("slices").get(0).get("pass_log_evidence_nanos").asLong())
                .isGreaterThan(3_400_000_000L);
    }

    @Test
    void badLinesAreNamedByNumberAndValue() throws IOException {
        Path file = write("bad.csv", "cluster,difference,violated\nc1,0.5,\nc2,1.5,\n,0,\nc3,x,\nc4,0,maybe\n");
        CommandLineRun run = CommandLineRun.of("gate", "evaluate", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "line 3: difference: 1.5 (expected: -1 to 1)",
                        "line 4: cluster is empty",
                        "line 5: difference: x (expected: -1 to 1)",
                        "line 6: violated: maybe (expected: true, false, 1 or 0)");
        assertThat(CommandLineRun.of(
                                "gate",
                                "evaluate",
                                write("b.csv", "cluster,score\nc1,1\n").toString())
                        .err())
                .contains("columns cluster, score (expected: cluster, and difference or both candidate and reference)");
        assertThat(CommandLineRun.of(
                                "gate",
                                "evaluate",
                                write("c.csv", "cluster,difference\n").toString())
                        .err())
                .contains("no results");
    }

    @Test
    void columnsAndLinesThatSayNothingToTheGateAreRefused() throws IOException {
        assertThat(evaluate("c,slise,difference\nc1,s,1\n").err())
                .contains(
                        "line 1: columns c, slise, difference (expected: cluster, and difference or both",
                        "line 1: unknown columns c, slise (expected: some of cluster, difference,");
        assertThat(evaluate("cluster,violation,difference\nc1,1,0\n").err())
                .contains("line 1: unknown columns violation (expected: some of");
        assertThat(evaluate("cluster,difference\nc1\n").err()).contains("line 2: difference: empty");
        assertThat(evaluate("").err()).contains("no results (expected: a header and at least one line)");
        assertThat(evaluate("cluster,candidate_id,difference\nc1,candidate,1\nc2,other,1\n")
                        .err())
                .contains("line 3: candidate_id: other (expected: candidate, whose gate it is)");
        Path latin = Files.write(dir.resolve("latin.csv"), "cluster,difference\n\u00e9,1\n".getBytes(ISO_8859_1));
        assertThat(CommandLineRun.of("gate", "evaluate", latin.toString()).err())
                .contains("is not text in UTF-8");
    }

    @Test
    void spreadsheetsMayWriteTheFile() throws IOException {
        CommandLineRun run = evaluate("\uFEFF\"cluster\",\"slice\",\"difference\"\r\n\"a, \"\"b\"\"\",\"x,y\",1\r\n");
        assertThat(run.code()).as(run.err()).isEqualTo(4);
        assertThat(run.out()).contains("x,y:difference");
    }

    @Test
    void optionsThatCannotBeMeantAreWrongUsage() throws IOException {
        Path file = results(3, "1", "0");
        for (String[] wrong : new String[][] {
            {"--alpha", "0"},
            {"--alpha", "1"},
            {"--alpha", "NaN"},
            {"--margin", "1"},
            {"--margin", "NaN"},
            {"--attempt", "0"},
            {"--seed", ""},
            {"--candidate", ""}
        }) {
            CommandLineRun run = CommandLineRun.of("gate", "evaluate", file.toString(), wrong[0], wrong[1]);
            assertThat(run.code()).as(wrong[0] + " " + wrong[1]).isEqualTo(2);
            assertThat(run.err()).startsWith("heed: " + wrong[0] + ": ").contains("(expected: ");
        }
        Path plan = write("plan.yaml", PLAN + "slices:\n  - {slice: maths, margin: 0.1, clusters: [c1, c2]}\n");
        CommandLineRun both =
                CommandLineRun.of("gate", "evaluate", file.toString(), "--plan", plan.toString(), "--alpha", "0.2");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--alpha: 0.2 (expected: none beside --plan, which says it)");
    }

    private CommandLineRun evaluate(String text) throws IOException {
        CommandLineRun run =
                CommandLineRun.of("gate", "evaluate", write("given.csv", text).toString());
        assertThat(run.code()).isNotEqualTo(0);
        return run;
    }

    @Test
    void resultsAreHeldToThePlan() throws IOException {
        Path plan = write("plan.yaml", PLAN + "slices:\n  - {slice: maths, margin: 0.1, clusters: [c1, c2]}\n");
        Path file = write("r.csv", "slice,cluster,difference\nmaths,c1,1\nmaths,c9,1\n");
        CommandLineRun run = CommandLineRun.of("gate", "evaluate", file.toString(), "--plan", plan.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("line 3: cluster: c9 (expected: a cluster of slice maths");
        Path some = write("s.csv", "slice,cluster,difference\nmaths,c1,1\nmaths,c1,1\n");
        CommandLineRun missing = CommandLineRun.of("gate", "evaluate", some.toString(), "--plan", plan.toString());
        assertThat(missing.out()).contains("model-2 against model-1: INCONCLUSIVE", "2/    2        1");
    }

    @Test
    void aPlanIsCheckedWithEveryProblemNamed() throws IOException {
        Path plan = write("plan.yaml", PLAN + "alpha: 0.9\nslices: []\n");
        CommandLineRun twice = CommandLineRun.of("gate", "plan", plan.toString(), "--check");
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.err()).contains("line 7: Duplicate field 'alpha'");
        Path empty = write("empty.yaml", PLAN.replace("0.05", "0.9") + "slices: []\n");
        CommandLineRun run = CommandLineRun.of("gate", "plan", empty.toString(), "--check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "alpha: 0.9 (expected: 0.000001 to 0.5)",
                        "slices: 0 slices (expected: 1 to 100)",
                        "slices: 0 clusters in all");
        Path late = write("late.yaml", PLAN.replace("2099", "soon, 2099") + "slices: []\nmargins: 1\n");
        assertThat(CommandLineRun.of("gate", "plan", late.toString(), "--check").err())
                .contains("deadline: soon, 2099-01-01T00:00:00Z (expected: a moment such as", "margins: unknown key");
    }

    @Test
    void theExamplePlanIsGood() {
        Path example = Path.of(System.getProperty("heed.root", "..")).resolve("deploy/gates/example.yaml");
        CommandLineRun run = CommandLineRun.of("gate", "plan", example.toString(), "--check");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("candidate tutor-5, 5 slices: no problems");
        assertThat(CommandLineRun.of("gate", "plan", example.toString(), "--check", "--json")
                        .out())
                .startsWith("{")
                .contains("tutor-5");
    }

    private static final String PLAN = """
            candidate_id: model-2
            reference_id: model-1
            model_digest: abc
            metric: helpful
            alpha: 0.05
            deadline: 2099-01-01T00:00:00Z
            """;

    private Path results(int clusters, String candidate, String reference) throws IOException {
        StringBuilder lines = new StringBuilder("cluster,candidate,reference\n");
        for (int i = 0; i < clusters; i++) {
            lines.append("c")
                    .append(i)
                    .append(',')
                    .append(candidate)
                    .append(',')
                    .append(reference)
                    .append('\n');
        }
        return write("results-" + candidate + "-" + clusters + ".csv", lines.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
