package dev.heed.runner.replay;

import dev.heed.core.Stage;
import dev.heed.core.State;
import picocli.CommandLine.Option;

/** How much state a replay may hold. */
public final class StateOption {
    @Option(
            names = "--max-entries",
            paramLabel = "N",
            description = "Most entries of one stage's state in one partition, held on the heap (default:"
                    + " ${DEFAULT-VALUE}).")
    private int maxEntries = 2_000_000;

    State empty(Stage stage, int partition) {
        return new BoundedState(stage.name() + "-" + partition, maxEntries);
    }
}
