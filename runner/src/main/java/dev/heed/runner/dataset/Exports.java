package dev.heed.runner.dataset;

import dev.heed.event.DatasetNames;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.export.ExportDirectory;
import dev.heed.export.ExportPlan;
import dev.heed.export.ExportReport;
import dev.heed.export.TrainingRow;
import dev.heed.export.VersionRow;
import dev.heed.materializer.RowWriter;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.runner.Failure;
import dev.heed.versions.SealedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes a version: its rows from the log of deltas, proved against the sealed root first, and their texts from contents.
 * A row whose text is gone is a tombstone. All rows of the version are held in memory.
 *
 * @param report what was written
 * @param retracted rows that no longer stand today, by cause; a newer version leaves them out
 * @param contaminated clusters of prompts that stand on both sides of the split, and how many training rows they have
 */
public record Exports(ExportReport report, Map<String, Integer> retracted, Map<String, Integer> contaminated) {
    /** @throws Failure when the log does not hold what was sealed */
    public static Exports write(DatasetTopics topics, Path directory, ExportPlan plan) throws IOException {
        ExportDirectory.requireEmpty(directory);
        SealedRows sealed = new SealedRows(plan.version());
        Map<String, Delta> later = new HashMap<>();
        topics.deltas((partition, delta) -> {
            if (!sealed.read(partition, delta)) {
                later.put(delta.getRowId(), delta);
            }
        });
        requireProved(plan.version(), sealed);
        List<Delta> rows = sealed.rows();
        Map<String, byte[]> texts = topics.texts(textsOf(rows));
        List<VersionRow> written = new ArrayList<>();
        for (Delta row : rows) {
            SpecificRecord whole = RowWriter.row(row, texts::get);
            written.add(new VersionRow(row, whole == null ? null : TrainingRow.of(whole)));
        }
        ExportReport report = ExportDirectory.write(directory, plan, written);
        return new Exports(report, retracted(rows, later), contaminated(rows));
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

    private static Set<String> textsOf(List<Delta> rows) {
        Set<String> wanted = new HashSet<>();
        for (Delta row : rows) {
            Stream.of(row.getPromptKey(), row.getChosenKey(), row.getRejectedKey(), row.getCritiqueKey())
                    .filter(Objects::nonNull)
                    .forEach(wanted::add);
        }
        return wanted;
    }

    private static Map<String, Integer> retracted(List<Delta> rows, Map<String, Delta> later) {
        Map<String, Integer> causes = new TreeMap<>();
        for (Delta row : rows) {
            Delta last = later.get(row.getRowId());
            if (last != null && last.getOp() == RowOp.RETRACT) {
                causes.merge(last.getCause(), 1, Integer::sum);
            }
        }
        return causes;
    }

    private static Map<String, Integer> contaminated(List<Delta> rows) {
        Set<String> heldOut = new HashSet<>();
        for (Delta row : rows) {
            if (row.getSplit() == Split.HOLDOUT) {
                heldOut.add(row.getPromptCluster());
            }
        }
        Map<String, Integer> both = new TreeMap<>();
        for (Delta row : rows) {
            if (row.getSplit() == Split.TRAIN && heldOut.contains(row.getPromptCluster())) {
                both.merge(row.getPromptCluster(), 1, Integer::sum);
            }
        }
        return both;
    }
}
