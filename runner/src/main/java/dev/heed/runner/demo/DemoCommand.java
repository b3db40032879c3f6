package dev.heed.runner.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole loop at work. */
@Command(
        name = "demo",
        description = {
            "Show the whole loop at work: a broker, a registry, the loop and a simulated homework tutor in one process.",
            "The simulator knows the truth, so at the end it says how well the loop did. It also publishes repeats and"
                    + " broken records on purpose. Exit code 1 when an input was lost or counted twice."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final double MOST_MINUTES = 24 * 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--minutes", paramLabel = "N", description = "How long (default: ${DEFAULT-VALUE}).")
    private double minutes = 1;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the simulated world (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--headless", description = "Show nothing while it runs, and serve no status page.")
    private boolean headless;

    @Option(names = "--port", paramLabel = "P", description = "Port of the status page (default: any free one).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep all data here (default: a directory that is deleted afterwards).")
    private @Nullable Path data;

    @Option(names = "--json", description = "Make the last line one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--minutes " + minutes + " (expected: more than 0, up to " + MOST_MINUTES + ")");
        }
        PrintWriter out = spec.commandLine().getOut();
        DemoScreen screen = headless ? DemoScreen.none() : new TerminalScreen(out, System.console() != null);
        Duration duration = Duration.ofMillis((long) (minutes * 60_000));
        DemoSummary summary = new Demo(new DemoSettings(duration, seed, data, headless ? null : port), screen).run();
        if (!headless || !json) {
            out.print(summary.text());
        }
        if (json) {
            out.println(summary.json());
        }
        out.flush();
        return summary.balances() ? 0 : 1;
    }
}
