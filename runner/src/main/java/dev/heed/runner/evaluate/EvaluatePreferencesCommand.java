package dev.heed.runner.evaluate;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a set of preferences through the loop. */
@Command(
        name = "preferences",
        description = {
            "Put a set of preferences through the calibration stage: how far each voter can be relied on, what is judged"
                    + " of each pair, and how strong the models are (Bradley-Terry, by votes, by votes that weigh what"
                    + " their rater is worth, and by what was judged).",
            "The file is JSON lines: model_a, model_b and votes (1 the first, 2 the second, 0 neither), or chosen and"
                    + " rejected."
        })
public final class EvaluatePreferencesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file, plain or .gz; - for standard input.")
    private Path file = Path.of("-");

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the arrival order (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        PreferenceFigures figures = new PreferenceStudy(PreferenceFile.read(file), seed).run();
        spec.commandLine().getOut().println(json ? figures.json() : figures.text());
        return 0;
    }
}
