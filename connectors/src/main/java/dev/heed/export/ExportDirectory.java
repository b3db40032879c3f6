package dev.heed.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.out.Delta;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes one version into an empty directory: the rows in the order of their ids, a manifest of all rows with their
 * hashes, a card, Croissant metadata and what the trainer's loader needs. Nothing in it depends on when or where it is
 * written. One row is held at a time, and what Parquet has of a row group.
 */
public final class ExportDirectory {
    /** One line for each row of the version on the exported side: id, revision, hash and what became of it. */
    public static final String MANIFEST = "manifest.jsonl";

    static final String CARD = "README.md";
    static final String CROISSANT = "croissant.json";
    static final String DATASET_INFO = "dataset_info.json";
    static final String AXOLOTL = "axolotl.yaml";

    private final Path directory;
    private final ExportPlan plan;
    private final Predicate<String> newPrompts;
    private final List<ExportReport.Unfit> unfit = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private int written;
    private int erased;
    private int unfitRows;
    private int repeatedPrompts;

    private ExportDirectory(Path directory, ExportPlan plan, Predicate<String> newPrompts) {
        this.directory = directory;
        this.plan = plan;
        this.newPrompts = newPrompts;
    }

    /**
     * Writes the rows of the plan's side, all in memory.
     *
     * @param version all rows of the version, in any order
     * @throws ExportRefused when the directory is not empty
     */
    public static ExportReport write(Path directory, ExportPlan plan, List<VersionRow> version) throws IOException {
        Iterator<VersionRow> rows = version.stream()
                .filter(each -> each.delta().getSplit() == plan.split())
                .sorted(Comparator.comparing(each -> each.delta().getRowId()))
                .iterator();
        return write(directory, plan, rows, new HashSet<String>()::add);
    }

    /**
     * Writes rows as they come.
     *
     * @param rows those of the plan's side, in the order of their ids
     * @param newPrompts whether a prompt, given by its hash, is told to it for the first time
     * @throws ExportRefused when the directory is not empty
     */
    public static ExportReport write(
            Path directory, ExportPlan plan, Iterator<VersionRow> rows, Predicate<String> newPrompts)
            throws IOException {
        requireEmpty(directory);
        return new ExportDirectory(directory, plan, newPrompts).write(rows);
    }

    /**
     * Refuses a directory that holds anything.
     *
     * @throws ExportRefused when it does, or is a file
     */
    public static void requireEmpty(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ExportRefused("--to: " + directory + " is a file (expected: a directory that is new or empty)");
        }
        if (Files.isDirectory(directory)) {
            try (Stream<Path> found = Files.list(directory)) {
                found.findAny().ifPresent(any -> {
                    throw new ExportRefused("--to: " + directory + " holds " + any.getFileName()
                            + " (expected: a directory that is new or empty)");
                });
            }
        }
    }

    private ExportReport write(Iterator<VersionRow> rows) throws IOException {
        Files.createDirectories(directory);
        List<DataFile> data = writeRows(rows);
        data.forEach(file -> files.add(file.path()));
        switch (plan.format()) {
            case LLAMA_FACTORY -> text(DATASET_INFO, datasetInfo(data.get(0)).toPrettyString() + "\n");
            case AXOLOTL ->
                text(AXOLOTL, AxolotlShapes.config(plan.shape(), data.get(0).path()));
            case HF, JSONL, TRL -> {
                // The card is all that their loader needs.
            }
        }
        text(CROISSANT, Croissant.of(plan, data).toPrettyString() + "\n");
        text(CARD, DatasetCard.of(plan, written, erased, unfitRows, data));
        return new ExportReport(written, erased, unfitRows, List.copyOf(unfit), repeatedPrompts, List.copyOf(files));
    }

    private List<DataFile> writeRows(Iterator<VersionRow> rows) throws IOException {
        try (Writer manifest = writer(MANIFEST);
                DataFiles data = new DataFiles(directory, plan)) {
            while (rows.hasNext()) {
                manifest.write(writeRow(rows.next(), data).toString());
                manifest.write('\n');
            }
            return data.finish();
        }
    }

    /** The row's line in the manifest. */
    private ObjectNode writeRow(VersionRow each, DataFiles data) throws IOException {
        Delta delta = each.delta();
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("row_id", delta.getRowId())
                .put("revision", delta.getRevision())
                .put("row_hash", delta.getRowHash())
                .put("class_name", delta.getClassName());
        TrainingRow row = each.row();
        if (row == null) {
            erased++;
            return line.put("state", "erased");
        }
        Optional<String> problem = plan.shape().problem(row);
        if (problem.isPresent()) {
            unfitRows++;
            if (unfit.size() < ExportReport.MOST_UNFIT) {
                unfit.add(new ExportReport.Unfit(row.rowId(), problem.get()));
            }
            return line.put("state", "unfit").put("reason", problem.get());
        }
        data.write(row);
        written++;
        if (!newPrompts.test(Sha256.of(row.prompt()))) {
            repeatedPrompts++;
        }
        return line.put("state", "written");
    }

    private ObjectNode datasetInfo(DataFile file) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.set(plan.title() + "-" + plan.splitName(), LlamaFactoryShapes.description(plan.shape(), file.path()));
        return info;
    }

    private void text(String name, String content) throws IOException {
        try (Writer out = writer(name)) {
            out.write(content);
        }
    }

    private Writer writer(String name) throws IOException {
        files.add(name);
        return Files.newBufferedWriter(directory.resolve(name), StandardCharsets.UTF_8);
    }
}
