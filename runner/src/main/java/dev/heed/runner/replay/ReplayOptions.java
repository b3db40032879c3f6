package dev.heed.runner.replay;

import dev.heed.core.Stage;
import dev.heed.core.State;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How much a replay may hold and do at once. */
public final class ReplayOptions {
    private static final int MOST_THREADS = 256;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--max-entries",
            paramLabel = "N",
            description = "Most entries of one stage's state in one partition, held on the heap (default:"
                    + " ${DEFAULT-VALUE}).")
    private int maxEntries = 2_000_000;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many partitions are read at once, 1 to " + MOST_THREADS
                    + "; the heap holds the state of each of them (default: as many as there are processors).")
    private int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());

    State empty(Stage stage, int partition) {
        return new BoundedState(stage.name() + "-" + partition, maxEntries);
    }

    int threads() {
        if (maxEntries < 1) {
            throw new ParameterException(spec.commandLine(), "--max-entries: " + maxEntries + " (expected: from 1)");
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ParameterException(
                    spec.commandLine(), "--threads: " + threads + " (expected: 1 to " + MOST_THREADS + ")");
        }
        return threads;
    }
}
