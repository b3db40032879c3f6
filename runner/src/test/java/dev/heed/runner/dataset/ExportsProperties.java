package dev.heed.runner.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Dataset;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.export.ExportDirectory;
import dev.heed.export.ExportPlan;
import dev.heed.export.ExportReport;
import dev.heed.export.Format;
import dev.heed.export.TrainingRow;
import dev.heed.export.VersionRow;
import dev.heed.materializer.RowWriter;
import dev.heed.out.Delta;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.versions.SealedRows;
import dev.heed.versions.StandingRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.specific.SpecificRecord;

/** What is exported by way of the disk is what one gets by holding everything in memory. */
class ExportsProperties {
    @Property(tries = 25)
    void theDiskHoldsNothingBack(@ForAll long seed, @ForAll Format format, @ForAll boolean train) throws IOException {
        RandomVersion topics = new RandomVersion(seed);
        ExportPlan plan = new ExportPlan(
                topics.version, format, format.shape(Dataset.PREFERENCE, ""), train ? Split.TRAIN : Split.HOLDOUT, 4);
        List<Delta> rows = rowsInMemory(topics);
        try (TemporaryDirectory temporary = TemporaryDirectory.create()) {
            Path expected = temporary.path().resolve("memory");
            ExportReport report = ExportDirectory.write(
                    expected, plan, rows.stream().map(row -> told(topics, row)).toList());
            for (String way : List.of("one", "another")) {
                Path written = temporary.path().resolve(way);

                Exports done = Exports.write(topics, written, plan);

                assertThat(files(written)).isEqualTo(files(expected));
                assertThat(done).isEqualTo(new Exports(report, retracted(topics, rows), contaminated(rows)));
                topics.readInAnotherOrder();
            }
            assertThat(temporary.path().toFile().list()).containsExactlyInAnyOrder("memory", "one", "another");
        }
    }

    private static List<Delta> rowsInMemory(RandomVersion topics) {
        SealedRows sealed = new SealedRows(topics.version, StandingRows.inMemory());
        topics.deltas(sealed::read);
        assertThat(sealed.problems()).isEmpty();
        return sealed.rows().toList();
    }

    private static VersionRow told(RandomVersion topics, Delta row) {
        SpecificRecord whole = RowWriter.row(row, topics::open);
        return new VersionRow(row, whole == null ? null : TrainingRow.of(whole));
    }

    private static Map<String, Integer> retracted(RandomVersion topics, List<Delta> rows) {
        Map<String, Delta> last = new HashMap<>();
        topics.deltas((partition, delta) -> last.put(delta.getRowId(), delta));
        Map<String, Integer> causes = new TreeMap<>();
        rows.stream()
                .map(row -> last.getOrDefault(row.getRowId(), row))
                .filter(delta -> delta.getOp() == RowOp.RETRACT)
                .forEach(delta -> causes.merge(delta.getCause(), 1, Integer::sum));
        return causes;
    }

    private static Contamination contaminated(List<Delta> rows) {
        List<String> both = rows.stream()
                .filter(row -> row.getSplit() == Split.TRAIN)
                .map(Delta::getPromptCluster)
                .filter(cluster -> rows.stream()
                        .anyMatch(row -> row.getSplit() == Split.HOLDOUT
                                && row.getPromptCluster().equals(cluster)))
                .toList();
        return new Contamination((int) both.stream().distinct().count(), both.size());
    }

    /** Every file by its path, with its bytes. */
    private static Map<String, String> files(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            Map<String, String> files = new TreeMap<>();
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
            return files;
        }
    }
}
