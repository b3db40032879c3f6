package dev.heed.runner.dataset;

import dev.heed.event.DatasetNames;
import dev.heed.event.RowOp;
import dev.heed.export.ExportDirectory;
import dev.heed.export.ExportPlan;
import dev.heed.export.ExportReport;
import dev.heed.export.TrainingRow;
import dev.heed.export.VersionRow;
import dev.heed.materializer.RowWriter;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.runner.Failure;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.versions.SealedRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes a version: its rows from the log of deltas, proved against the sealed root first, and their texts from contents.
 * A row whose text is gone is a tombstone. Rows and texts are on disk meanwhile, and the files are made beside them and
 * come to their place when all are whole.
 *
 * @param report what was written
 * @param retracted rows that no longer stand today, by cause; a newer version leaves them out
 * @param contaminated prompts that stand on both sides of the split
 */
public record Exports(ExportReport report, Map<String, Integer> retracted, Contamination contaminated) {
    private static final byte[] SEEN = {};

    /** @throws Failure when the log does not hold what was sealed; then nothing is left in the directory or beside it */
    public static Exports write(DatasetTopics topics, Path directory, ExportPlan plan) throws IOException {
        ExportDirectory.requireEmpty(directory);
        try (TemporaryDirectory work = TemporaryDirectory.near(directory);
                SortedStore store = new SortedStore(work.path().resolve("rows"))) {
            Path files = work.path().resolve("files");
            Exports done = write(topics, files, plan, store);
            work.release(files, directory);
            return done;
        }
    }

    private static Exports write(DatasetTopics topics, Path files, ExportPlan plan, SortedStore store)
            throws IOException {
        StoredRows rows = new StoredRows(store.table());
        SortedStore.Table retracted = store.table();
        SealedRows sealed = new SealedRows(plan.version(), rows);
        topics.deltas((partition, delta) -> {
            if (!sealed.read(partition, delta)
                    && delta.getDataset() == plan.shape().dataset()) {
                readLater(delta, retracted);
            }
        });
        requireProved(plan.version(), sealed);
        StoredTexts texts = new StoredTexts(store);
        try (Stream<Delta> all = rows.rows()) {
            all.filter(row -> row.getSplit() == plan.split()).forEach(texts::want);
        }
        texts.read(topics);
        return new Exports(
                write(files, plan, rows, texts, store.table()),
                causes(rows, retracted),
                Contamination.of(rows, store.table()));
    }

    /** Keeps the cause while the latest change of the row is that it went. */
    private static void readLater(Delta delta, SortedStore.Table retracted) {
        if (delta.getOp() == RowOp.RETRACT) {
            retracted.put(delta.getRowId(), delta.getCause().getBytes(StandardCharsets.UTF_8));
        } else {
            retracted.remove(delta.getRowId());
        }
    }

    private static ExportReport write(
            Path files, ExportPlan plan, StoredRows rows, StoredTexts texts, SortedStore.Table prompts)
            throws IOException {
        try (Stream<Delta> all = rows.rows()) {
            Stream<VersionRow> told = all.filter(row -> row.getSplit() == plan.split())
                    .map(row -> {
                        SpecificRecord whole = RowWriter.row(row, texts::open);
                        return new VersionRow(row, whole == null ? null : TrainingRow.of(whole));
                    });
            return ExportDirectory.write(files, plan, told.iterator(), prompt -> {
                boolean isNew = !prompts.has(prompt);
                prompts.put(prompt, SEEN);
                return isNew;
            });
        }
    }

    /**
     * Refuses rows that are not those that were sealed.
     *
     * @throws Failure with every difference
     */
    static void requireProved(DatasetVersion version, SealedRows rows) {
        List<String> problems = rows.problems();
        if (!problems.isEmpty()) {
            throw new Failure(DatasetNames.version(version.getDataset(), version.getVersion())
                    + ": the log does not hold what was sealed: " + String.join("; ", problems));
        }
    }

    private static Map<String, Integer> causes(StoredRows rows, SortedStore.Table retracted) {
        Map<String, Integer> causes = new TreeMap<>();
        try (Stream<Delta> all = rows.rows()) {
            all.forEach(row -> {
                byte[] cause = retracted.get(row.getRowId());
                if (cause != null) {
                    causes.merge(new String(cause, StandardCharsets.UTF_8), 1, Integer::sum);
                }
            });
        }
        return causes;
    }
}
