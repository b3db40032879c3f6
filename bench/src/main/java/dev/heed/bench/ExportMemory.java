package dev.heed.bench;

import dev.heed.event.Dataset;
import dev.heed.event.Split;
import dev.heed.export.ExportPlan;
import dev.heed.export.ExportRefused;
import dev.heed.export.Format;
import dev.heed.runner.Failure;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.runner.dataset.Exports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an export holds in memory, by the size of its version. */
@Command(
        name = "export",
        description = {
            "Makes a version of so many rows, exports it into a temporary directory and prints the time and the most"
                    + " that a garbage collection left in the heap.",
            "The version is made while it is read and takes no memory of its own; there is no broker."
        })
final class ExportMemory implements Callable<Integer> {
    private static final int MOST_ROWS = 10_000_000;
    private static final int MOST_TEXT_BYTES = 1 << 20;
    private static final double MEBIBYTE = 1 << 20;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Rows, 1 to 10000000 (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--text-bytes",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Text of each row, 16 to 1048576 bytes (default: ${DEFAULT-VALUE}).")
    private int textBytes;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "hf",
            description = "As of dataset export (default: ${DEFAULT-VALUE}).")
    private String format = "hf";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (rows < 1 || rows > MOST_ROWS || textBytes < 16 || textBytes > MOST_TEXT_BYTES) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rows: " + rows + ", --text-bytes: " + textBytes + " (expected: 1 to " + MOST_ROWS + ", 16 to "
                            + MOST_TEXT_BYTES + ")");
        }
        try {
            export(Format.of(format));
        } catch (ExportRefused refused) {
            throw new Failure(refused.reason(), refused);
        }
        return 0;
    }

    private void export(Format files) throws IOException {
        MadeVersion made = new MadeVersion(rows, textBytes);
        ExportPlan plan = new ExportPlan(
                made.version(), files, files.shape(Dataset.PREFERENCE, ""), Split.TRAIN, ExportPlan.ROWS_PER_FILE);
        try (TemporaryDirectory temporary = TemporaryDirectory.create();
                PeakHeap heap = new PeakHeap()) {
            long start = System.nanoTime();
            Path to = temporary.path().resolve("export");
            Exports done = Exports.write(made, to, plan);
            double seconds = (System.nanoTime() - start) / 1e9;
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            json
                                    ? "{\"rows\":%d,\"seconds\":%.1f,\"files_mib\":%.1f,\"peak_heap_mib\":%.1f}%n"
                                    : "%d rows in %.1f s, files of %.1f MiB, at most %.1f MiB in the heap after a"
                                            + " collection%n",
                            done.report().written(),
                            seconds,
                            bytes(to) / MEBIBYTE,
                            heap.bytes() / MEBIBYTE);
        }
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
