package dev.heed.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.out.Delta;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes one version into an empty directory: the rows in the order of their ids, a manifest of all rows with their
 * hashes, a card, Croissant metadata and what the trainer's loader needs. Nothing in it depends on when or where it is
 * written.
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
    private final List<ExportReport.Unfit> unfit = new ArrayList<>();
    private final List<TrainingRow> rows = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private int erased;

    private ExportDirectory(Path directory, ExportPlan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    /**
     * Writes the rows of the plan's side.
     *
     * @param version all rows of the version, in any order
     * @throws ExportRefused when the directory is not empty or cannot be made
     */
    public static ExportReport write(Path directory, ExportPlan plan, List<VersionRow> version) throws IOException {
        requireEmpty(directory);
        return new ExportDirectory(directory, plan).write(version);
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

    private ExportReport write(List<VersionRow> version) throws IOException {
        Files.createDirectories(directory);
        writeManifest(version.stream()
                .filter(each -> each.delta().getSplit() == plan.split())
                .sorted(Comparator.comparing(each -> each.delta().getRowId()))
                .toList());
        List<DataFile> data = writeRows();
        switch (plan.format()) {
            case LLAMA_FACTORY -> text(DATASET_INFO, datasetInfo(data.get(0)).toPrettyString() + "\n");
            case AXOLOTL ->
                text(AXOLOTL, AxolotlShapes.config(plan.shape(), data.get(0).path()));
            case HF, JSONL, TRL -> {
                // The card is all that their loader needs.
            }
        }
        text(CROISSANT, Croissant.of(plan, data).toPrettyString() + "\n");
        text(CARD, DatasetCard.of(plan, rows.size(), erased, unfit.size(), data));
        return new ExportReport(rows.size(), erased, List.copyOf(unfit), repeatedPrompts(), List.copyOf(files));
    }

    private void writeManifest(List<VersionRow> sorted) throws IOException {
        try (Writer manifest = writer(MANIFEST)) {
            for (VersionRow each : sorted) {
                manifest.write(line(each).toString());
                manifest.write('\n');
            }
        }
    }

    private ObjectNode line(VersionRow each) {
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
            unfit.add(new ExportReport.Unfit(row.rowId(), problem.get()));
            return line.put("state", "unfit").put("reason", problem.get());
        }
        rows.add(row);
        return line.put("state", "written");
    }

    private List<DataFile> writeRows() throws IOException {
        int count = plan.files(rows.size());
        List<DataFile> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = i * plan.rowsPerFile();
            int to = count == 1 ? rows.size() : Math.min(rows.size(), from + plan.rowsPerFile());
            String path = plan.dataFile(i, count);
            Path file = directory.resolve(path);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (RowFile out = plan.format().isParquet()
                    ? new ParquetFile(file, plan.shape().columns())
                    : new JsonLinesFile(file, plan.shape().columns())) {
                for (TrainingRow row : rows.subList(from, to)) {
                    out.write(plan.shape().write(row));
                }
            }
            files.add(path);
            written.add(new DataFile(path, to - from, sha256(file), Files.size(file)));
        }
        return written;
    }

    private ObjectNode datasetInfo(DataFile file) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.set(plan.title() + "-" + plan.splitName(), LlamaFactoryShapes.description(plan.shape(), file.path()));
        return info;
    }

    private int repeatedPrompts() {
        Set<Object> seen = new HashSet<>();
        return (int) rows.stream().filter(row -> !seen.add(row.prompt())).count();
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

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
