package dev.heed.runner.evaluate.drift;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulates drift and puts it through the calibration stage. */
@Command(
        name = "drift",
        description = {
            "Put simulated streams through the calibration stage and count its alarms.",
            "Without drift: how many false alarms there are, and how many are stated. With drift: how often it is named"
                    + " rightly, and after how many items."
        })
public final class EvaluateDriftCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--streams", paramLabel = "N", description = "Streams without drift (default: ${DEFAULT-VALUE}).")
    private int streams = 1_000;

    @Option(names = "--cases", paramLabel = "N", description = "Cases of each drift (default: ${DEFAULT-VALUE}).")
    private int cases = 500;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the simulation (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        DriftFigures figures = DriftFigures.of(new DriftStudy(streams, cases, seed));
        spec.commandLine().getOut().println(json ? figures.json() : figures.text());
        return 0;
    }
}
