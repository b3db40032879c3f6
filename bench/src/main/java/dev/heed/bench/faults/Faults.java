package dev.heed.bench.faults;

import dev.heed.runner.Failure;
import dev.heed.runner.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kills the loop at random moments under load and checks what is on record then. */
@Command(
        name = "faults",
        description = {
            "Runs the loop as a process of its own against one broker, kills it (SIGKILL) at random moments while"
                    + " producers go on, and starts it again, as often as told.",
            "Then readers of committed records check every promise: each input has one end, the deltas give the rows that"
                    + " consents and judgments allow, journals decided again give the same facts. Exit code 1 when one is"
                    + " broken."
        })
public final class Faults implements Callable<Integer> {
    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "How often, 1 to 10000 (default: 20); 0 to judge what an earlier run left in --data.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Draws events and moments (default: 1).")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Events a second, 1 to 1000 (default: 20).")
    private int perSecond;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A directory to keep what is written in (default: one that is deleted).")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (kills < 0 || (kills == 0 && data == null) || kills > 10_000 || perSecond < 1 || perSecond > 1_000) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--kills: " + kills + ", --rate: " + perSecond
                            + " (expected: 1 to 10000, or 0 with --data; 1 to 1000)");
        }
        PrintWriter out = spec.commandLine().getOut();
        Consumer<String> say = line -> {
            if (!json) {
                out.println(line);
                out.flush();
            }
        };
        FaultReport report;
        Path given = data;
        if (given != null) {
            report = new FaultRun(made(given), seed, perSecond, say).run(kills);
        } else {
            try (TemporaryDirectory temporary = TemporaryDirectory.create()) {
                report = new FaultRun(temporary.path(), seed, perSecond, say).run(kills);
            }
        }
        out.println(json ? report.json() : report.text());
        return report.holds() ? 0 : 1;
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory).toAbsolutePath();
        } catch (IOException failed) {
            throw new Failure(
                    "--data: " + directory + " cannot be made (expected: a directory that may be written)", failed);
        }
    }
}
