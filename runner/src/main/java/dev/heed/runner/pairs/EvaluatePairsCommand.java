package dev.heed.runner.pairs;

import dev.heed.export.ExportDirectory;
import dev.heed.export.ExportRefused;
import dev.heed.runner.Failure;
import dev.heed.runner.InputFile;
import dev.heed.runner.TemporaryDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a set of compared answers through the loop and out again. */
@Command(
        name = "pairs",
        description = {
            "Put a set of compared answers through the loop's real topology: interactions, votes, rows, a sealed version,"
                    + " and an export in every shape of every format.",
            "The file is JSON lines: chosen and rejected conversations, or instruction, input, response_a, response_b and"
                    + " votes. Lines that compare no two answers to one prompt are left out and counted by reason."
        })
public final class EvaluatePairsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file, plain or .gz; - for standard input.")
    private Path file = Path.of("-");

    @Option(names = "--to", paramLabel = "DIR", description = "Keep the exports in this new or empty directory.")
    private @Nullable Path to;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (TemporaryDirectory temporary = TemporaryDirectory.create();
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8))) {
            Path directory = to == null ? temporary.path() : to;
            if (to != null) {
                ExportDirectory.requireEmpty(to);
            }
            PairsFigures figures = figures(PairsStudy.read(reader), directory);
            spec.commandLine().getOut().println(json ? figures.json() : figures.text());
            return 0;
        } catch (ExportRefused refused) {
            throw new Failure(refused.reason(), refused);
        }
    }

    private static PairsFigures figures(PairsStudy study, Path directory) throws IOException {
        long nowMs = System.currentTimeMillis();
        try (PairsRun run = new PairsRun(nowMs)) {
            return study.through(run, new PairEvents(nowMs), directory);
        }
    }
}
