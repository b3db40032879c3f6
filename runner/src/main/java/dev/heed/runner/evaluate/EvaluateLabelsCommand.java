package dev.heed.runner.evaluate;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a set of crowd labels through the loop. */
@Command(
        name = "labels",
        description = {
            "Put a set of crowd labels through the loop's real topology, as feedback events.",
            "The file is CSV with a header: item_id, worker_id, label and perhaps gold, which is used for scoring only."
                    + " Labels arrive in the order of sha256(\"SEED|item|worker\"); a repeated item and worker keeps its"
                    + " last row."
        })
public final class EvaluateLabelsCommand implements Callable<Integer> {
    /** What the labels go through. */
    enum Through {
        /** An embedded broker, as in production. */
        KAFKA,
        /** The same topology without a broker, one label after the other. */
        DRIVER
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file, .csv or .csv.gz; - for standard input.")
    private Path file = Path.of("-");

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the arrival order (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--through",
            paramLabel = "kafka|driver",
            description = "A real broker in this process, or the topology alone (default: kafka).")
    private Through through = Through.KAFKA;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        LabelStudy study = LabelStudy.of(LabelFile.read(file), seed);
        StudyFigures figures = through == Through.DRIVER ? throughDriver(study) : KafkaRun.run(study);
        spec.commandLine().getOut().println(json ? figures.json() : figures.text());
        return 0;
    }

    static StudyFigures throughDriver(LabelStudy study) {
        long nowMs = System.currentTimeMillis();
        StudyEvents events = new StudyEvents(study, nowMs);
        StudyOutcome outcome = new StudyOutcome(events);
        try (DriverRun driver = new DriverRun(nowMs)) {
            long started = System.nanoTime();
            driver.run(study, events, outcome);
            double seconds = (System.nanoTime() - started) / 1e9;
            driver.report(outcome);
            return StudyFigures.of(study, outcome, seconds);
        }
    }
}
