package dev.heed.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.event.Dataset;
import dev.heed.event.Message;
import dev.heed.event.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportDirectoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<VersionRow> ROWS = List.of(
            Rows.sealed("a", Split.TRAIN, false),
            Rows.sealed("b", Split.HOLDOUT, false),
            Rows.sealed("c", Split.TRAIN, false));

    @TempDir
    private Path temporary = Path.of(".");

    @Test
    void aHuggingFaceLayout() throws IOException {
        Path directory = temporary.resolve("new/one");

        ExportReport report = ExportDirectory.write(directory, plan(Format.HF, "", 1), ROWS);

        assertThat(report.written()).isEqualTo(2);
        assertThat(report.repeatedPrompts()).isEqualTo(1);
        assertThat(files(directory).keySet())
                .containsExactly(
                        "README.md",
                        "croissant.json",
                        "data/train-00000-of-00002.parquet",
                        "data/train-00001-of-00002.parquet",
                        "manifest.jsonl");
        assertThat(Files.readString(directory.resolve("README.md"))).contains("""
                configs:
                - config_name: default
                  data_files:
                  - split: train
                    path:
                    - data/train-00000-of-00002.parquet
                    - data/train-00001-of-00002.parquet
                ---
                """);
        assertThat(Files.readAllLines(directory.resolve("manifest.jsonl")))
                .containsExactly(
                        "{\"row_id\":\"a\",\"revision\":1,\"row_hash\":\"hash-a\",\"class_name\":\"first\","
                                + "\"state\":\"written\"}",
                        "{\"row_id\":\"c\",\"revision\":1,\"row_hash\":\"hash-c\",\"class_name\":\"first\","
                                + "\"state\":\"written\"}");
    }

    @Test
    void theSameVersionIsTheSameBytesInWhateverOrderItsRowsCome() throws IOException {
        for (Format format : Format.values()) {
            List<VersionRow> reversed = new ArrayList<>(ROWS);
            Collections.reverse(reversed);
            Path one = temporary.resolve(format + "-1");
            Path two = temporary.resolve(format + "-2");
            ExportDirectory.write(one, plan(format, "", 100), ROWS);
            ExportDirectory.write(two, plan(format, "", 100), reversed);

            assertThat(files(one)).isEqualTo(files(two));
        }
    }

    @Test
    void anErasedRowIsATombstone() throws IOException {
        List<VersionRow> rows = List.of(ROWS.get(0), ROWS.get(1), Rows.sealed("c", Split.TRAIN, true));

        ExportReport report = ExportDirectory.write(temporary.resolve("e"), plan(Format.JSONL, "preference", 9), rows);

        assertThat(report.written()).isEqualTo(1);
        assertThat(report.erased()).isEqualTo(1);
        assertThat(Files.readAllLines(temporary.resolve("e/manifest.jsonl")))
                .contains("{\"row_id\":\"c\",\"revision\":1,\"row_hash\":\"hash-c\",\"class_name\":\"first\","
                        + "\"state\":\"erased\"}");
        assertThat(Files.readAllLines(temporary.resolve("e/data/train-00000-of-00001.jsonl")))
                .hasSize(1);
    }

    @Test
    void whatAShapeCannotTellIsLeftOutAndSaid() throws IOException {
        TrainingRow odd = Rows.preference("c", List.of(new Message("user", "a"), new Message("user", "b")));
        List<VersionRow> rows = List.of(
                ROWS.get(0), new VersionRow(Rows.sealed("c", Split.TRAIN, false).delta(), odd));

        ExportReport report = ExportDirectory.write(temporary.resolve("u"), plan(Format.LLAMA_FACTORY, "", 9), rows);

        assertThat(report.unfit())
                .containsExactly(new ExportReport.Unfit("c", "prompt turn 2: user (expected: assistant, by turns)"));
        assertThat(Files.readAllLines(temporary.resolve("u/preference-v3-train.jsonl")))
                .hasSize(1);
        JsonNode info = JSON.readTree(temporary.resolve("u/dataset_info.json").toFile());
        assertThat(info.path("preference-v3-train").path("file_name").asText()).isEqualTo("preference-v3-train.jsonl");
    }

    @Test
    void croissantNamesEveryFileByItsHash() throws IOException {
        Path directory = temporary.resolve("c");
        ExportDirectory.write(directory, plan(Format.TRL, "preference", 9), ROWS);

        JsonNode croissant = JSON.readTree(directory.resolve("croissant.json").toFile());

        assertThat(croissant.path("@context").path("rai").asText()).isEqualTo("http://mlcommons.org/croissant/RAI/");
        assertThat(croissant.path("conformsTo").toString())
                .isEqualTo("[\"http://mlcommons.org/croissant/1.0\",\"http://mlcommons.org/croissant/RAI/1.0\"]");
        // "Required", in the specification's section on the dataset.
        for (String required : List.of(
                "@context",
                "@type",
                "conformsTo",
                "description",
                "license",
                "name",
                "url",
                "creator",
                "datePublished",
                "distribution")) {
            assertThat(croissant.has(required)).as(required).isTrue();
        }
        assertThat(croissant.path("creator").path("@type").asText()).isEqualTo("sc:Organization");
        assertThat(croissant.path("datePublished").asText()).isEqualTo("1970-01-01T00:00:01Z");
        JsonNode file = croissant.path("distribution").get(0);
        assertThat(file.path("contentUrl").asText()).isEqualTo("data/train-00000-of-00001.parquet");
        assertThat(file.path("sha256").asText()).hasSize(64);
        JsonNode fields = croissant.path("recordSet").get(0).path("field");
        assertThat(fields.findValuesAsText("@id"))
                .contains("rows/prompt", "rows/prompt/role", "rows/prompt/content", "rows/chosen", "rows/rejected");
        assertThat(croissant.path("rai:dataAnnotationProtocol").asText()).contains("[r1]", "[1, 3]");
        assertThat(croissant.has("rai:personalSensitiveInformation")).isTrue();
    }

    @Test
    void aDirectoryThatHoldsSomethingIsRefused() throws IOException {
        Files.writeString(temporary.resolve("x"), "mine");

        assertThatThrownBy(() -> ExportDirectory.write(temporary, plan(Format.HF, "", 9), ROWS))
                .isInstanceOf(ExportRefused.class)
                .hasMessage("--to: " + temporary + " holds x (expected: a directory that is new or empty)");
        assertThatThrownBy(() -> ExportDirectory.requireEmpty(temporary.resolve("x")))
                .hasMessageContaining("is a file");
        assertThat(Files.readString(temporary.resolve("x"))).isEqualTo("mine");
    }

    @Test
    void lineageOfASealAndAnExport() {
        OpenLineage lineage = new OpenLineage("kafka://localhost:9092", "heed.dataset-log.v1", "heed.versions.v1");

        JsonNode sealed = lineage.sealed(Rows.version()).get(1);
        List<? extends JsonNode> exported = lineage.exported(
                Rows.version(), "/tmp/out", 2, Instant.ofEpochMilli(5_000), Instant.ofEpochMilli(6_000));

        assertThat(sealed.path("eventType").asText()).isEqualTo("COMPLETE");
        assertThat(sealed.path("eventTime").asText()).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(sealed.path("schemaURL").asText())
                .isEqualTo("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
        assertThat(sealed.path("run").path("runId").asText()).hasSize(36);
        assertThat(sealed.path("inputs").get(0).path("name").asText()).isEqualTo("heed.dataset-log.v1");
        JsonNode output = exported.get(1).path("outputs").get(0);
        assertThat(output.path("namespace").asText()).isEqualTo("file");
        assertThat(output.path("outputFacets")
                        .path("outputStatistics")
                        .path("rowCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(output.path("facets").path("version").path("datasetVersion").asText())
                .isEqualTo("preference@3");
        assertThat(exported.get(0).path("eventType").asText()).isEqualTo("START");
        assertThat(exported.get(0).path("run")).isEqualTo(exported.get(1).path("run"));
    }

    private static ExportPlan plan(Format format, String shape, int rowsPerFile) {
        return new ExportPlan(
                Rows.version(), format, format.shape(Dataset.PREFERENCE, shape), Split.TRAIN, rowsPerFile);
    }

    /** Every file by its path, with its bytes. */
    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            found.filter(Files::isRegularFile).forEach(file -> {
                try {
                    files.put(
                            directory.relativize(file).toString(),
                            HexFormat.of().formatHex(Files.readAllBytes(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return files;
    }
}
