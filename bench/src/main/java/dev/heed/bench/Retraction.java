package dev.heed.bench;

import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.runner.Delays;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.loop.EmbeddedLoop;
import dev.heed.runner.loop.Secret;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How soon a row is gone after its subject took the consent back. */
@Command(
        name = "retraction",
        description = {
            "Lets rows stand, then withdraws the consent of one subject after the other while events come at the rate"
                    + " told, and prints the time from each withdrawal's send to the RETRACT of its row, as a reader of"
                    + " committed records sees it.",
            "Broker, registry, loop and producers share this process. Exit code 1 when a row is not retracted at all."
        })
final class Retraction implements Callable<Integer> {
    private static final double WANTED_MS = 2_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Events a second, 1 to 100000 (default: ${DEFAULT-VALUE}).")
    private int perSecond;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "500",
            description = "Rows, and as many withdrawals, ten a second, 1 to 100000 (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (perSecond < 1 || perSecond > 100_000 || rows < 1 || rows > 100_000) {
            throw new ParameterException(
                    spec.commandLine(), "--rate: " + perSecond + ", --rows: " + rows + " (expected: 1 to 100000)");
        }
        RetractionRun.Result result = run();
        Delays delays = result.delays();
        String format = json
                ? "{\"events_per_s\":%.0f,\"rows\":%d,\"retracted\":%d,\"p50_ms\":%.0f,\"p99_ms\":%.0f,\"max_ms\":%.0f,"
                        + "\"within_2_s\":%.4f}%n"
                : "%.0f events/s; %d rows, %d retracted; from withdrawal to RETRACT p50 %.0f ms, p99 %.0f ms, at most %.0f"
                        + " ms; within 2 s: %.4f%n";
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        format,
                        result.perSecond(),
                        rows,
                        delays.ms().size(),
                        delays.quantile(0.5),
                        delays.quantile(0.99),
                        delays.quantile(1),
                        delays.shareWithin(WANTED_MS, rows));
        return delays.ms().size() == rows ? 0 : 1;
    }

    private RetractionRun.Result run() throws InterruptedException {
        try (TemporaryDirectory data = TemporaryDirectory.create()) {
            EmbeddedPlatform platform = EmbeddedPlatform.start(data.path().resolve("platform"), 0, 0);
            try (EmbeddedLoop loop = EmbeddedLoop.start(
                            platform, data.path().resolve("streams"), Secret.in(data.path()), KeyFile.in(data.path()));
                    RetractionRun run = new RetractionRun(loop, perSecond, rows)) {
                return run.run();
            }
        }
    }
}
