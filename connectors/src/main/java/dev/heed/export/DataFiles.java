package dev.heed.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The data files of an export, written one after the other. A file's name says how many there are, so they get their
 * names when all are written.
 */
final class DataFiles implements Closeable {
    private final Path directory;
    private final ExportPlan plan;
    /** Rows in each file that was written. */
    private final List<Integer> written = new ArrayList<>();

    private @Nullable RowFile current;
    private int rows;

    DataFiles(Path directory, ExportPlan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    void write(TrainingRow row) throws IOException {
        RowFile file = current == null || plan.fills(rows) ? next() : current;
        file.write(plan.shape().write(row));
        rows++;
    }

    /** Ends the last file and names all; there is one even for no row, so that loaders find it. */
    List<DataFile> finish() throws IOException {
        if (current == null) {
            next();
        }
        close();
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String path = plan.dataFile(i, written.size());
            Path file = directory.resolve(path);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.move(unnamed(i), file);
            files.add(new DataFile(path, written.get(i), Sha256.of(file), Files.size(file)));
        }
        return files;
    }

    private RowFile next() throws IOException {
        close();
        Path file = unnamed(written.size());
        RowFile opened = plan.format().isParquet()
                ? new ParquetFile(file, plan.shape().columns())
                : new JsonLinesFile(file, plan.shape().columns());
        current = opened;
        return opened;
    }

    private Path unnamed(int index) {
        return directory.resolve("part-" + index);
    }

    @Override
    public void close() throws IOException {
        RowFile open = current;
        if (open != null) {
            current = null;
            written.add(rows);
            rows = 0;
            open.close();
        }
    }
}
