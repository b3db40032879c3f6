package dev.heed.runner.evaluate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts sets of crowd labels through the loop. */
@Command(
        name = "labels",
        description = {
            "Put sets of crowd labels through the loop's real topology, as feedback events; one set, or the means over"
                    + " several and over arrival orders.",
            "A file is CSV with a header: item_id, worker_id, label and perhaps gold, which is used for scoring only."
                    + " Labels arrive in the order of sha256(\"SEED|item|worker\"); a repeated item and worker keeps its"
                    + " last row."
        })
public final class EvaluateLabelsCommand implements Callable<Integer> {
    private static final double DEFAULT_SHARE = .35;

    /** What the labels go through. */
    enum Through {
        /** An embedded broker, as in production. */
        KAFKA,
        /** The same topology without a broker, one label after the other. */
        DRIVER,
        /** The calibration stage alone, in memory. */
        STAGE
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, .csv or .csv.gz; - for standard input.")
    private List<Path> files = List.of();

    @Option(
            names = {"--seed", "--seeds"},
            paramLabel = "S",
            split = ",",
            description = "Seeds of arrival orders (default: ${DEFAULT-VALUE}).")
    private List<Long> seeds = List.of(1L);

    @Option(
            names = "--through",
            paramLabel = "kafka|driver|stage",
            description = "A real broker in this process, the topology without a broker, or the calibration stage alone"
                    + " (default: kafka).")
    private Through through = Through.KAFKA;

    @Option(
            names = "--adaptive",
            description =
                    "Ask for labels where they are worth most, within a share of them; decides with the loop's own"
                            + " code, without broker or topology.")
    private boolean adaptive;

    @Option(
            names = "--share",
            paramLabel = "S",
            description = "With --adaptive: the share of the labels that may be asked for (default: ${DEFAULT-VALUE}).")
    private double share = DEFAULT_SHARE;

    @Option(
            names = "--curve",
            paramLabel = "DIR",
            description = "With --adaptive: write accuracy against labels as curve.csv and one picture per set.")
    private @Nullable Path curve;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (!(share > 0 && share <= 1)) {
            throw new ParameterException(spec.commandLine(), "--share: " + share + " (expected: above 0, to 1)");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (adaptive) {
            AdaptiveReport report = adaptive();
            out.println(json ? report.json() : report.text());
            return 0;
        }
        List<LabelsReport.Run> runs = new ArrayList<>();
        for (Path file : files) {
            List<LabelRow> rows = LabelFile.read(file);
            for (long seed : seeds) {
                LabelStudy study = LabelStudy.of(rows, seed);
                runs.add(new LabelsReport.Run(name(file), seed, figures(study)));
            }
        }
        if (runs.size() == 1) {
            StudyFigures only = runs.get(0).figures();
            out.println(json ? only.json() : only.text());
        } else {
            LabelsReport report = new LabelsReport(runs);
            out.println(json ? report.json() : report.text());
        }
        return 0;
    }

    private StudyFigures figures(LabelStudy study) throws InterruptedException {
        return switch (through) {
            case KAFKA -> KafkaRun.run(study);
            case DRIVER -> throughDriver(study);
            case STAGE -> StudyFigures.ofStage(study);
        };
    }

    private AdaptiveReport adaptive() {
        List<AdaptiveFigures> runs = new ArrayList<>();
        for (Path file : files) {
            List<LabelRow> rows = LabelFile.read(file);
            for (long seed : seeds) {
                runs.add(AdaptiveFigures.of(name(file), seed, LabelStudy.of(rows, seed), share, curve != null));
            }
        }
        if (curve != null) {
            CurveFiles.write(curve, runs);
        }
        return new AdaptiveReport(runs);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("[.]csv([.]gz)?$", "");
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
