package dev.heed.runner.evaluate.gates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts simulated candidates through the gates stage. */
@Command(
        name = "gates",
        description = {
            "Put simulated candidates through the gates stage and count wrong verdicts, and how soon a regression is seen.",
            "Exit code 1 if there are more wrong verdicts than promised, three standard errors allowed for."
        })
public final class EvaluateGatesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--runs", paramLabel = "N", description = "Gates of each case (default: ${DEFAULT-VALUE}).")
    private int runs = 2_000;

    @Option(names = "--pairs", paramLabel = "N", description = "Pairs of each gate (default: ${DEFAULT-VALUE}).")
    private int pairs = 300;

    @Option(names = "--alpha", paramLabel = "A", description = "Level of the plans (default: ${DEFAULT-VALUE}).")
    private double alpha = 0.05;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the simulation (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        GateStudy study = new GateStudy(runs, pairs, alpha, seed);
        List<GateStudy.Rate> rates = study.rates();
        GateStudy.Regression regression = study.regression();
        spec.commandLine().getOut().println(json ? json(rates, regression) : text(rates, regression));
        return rates.stream().allMatch(EvaluateGatesCommand::kept) ? 0 : 1;
    }

    private static boolean kept(GateStudy.Rate rate) {
        double error = StrictMath.sqrt(rate.atMost() * (1 - rate.atMost()) / rate.runs());
        return rate.wrong() <= rate.runs() * (rate.atMost() + 3 * error);
    }

    private ObjectNode json(List<GateStudy.Rate> rates, GateStudy.Regression regression) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("runs", runs).put("pairs", pairs).put("alpha", alpha);
        ArrayNode cases = root.putArray("cases");
        for (GateStudy.Rate rate : rates) {
            cases.addObject()
                    .put("case", rate.what())
                    .put("runs", rate.runs())
                    .put("wrong", rate.wrong())
                    .put("rate", (double) rate.wrong() / rate.runs())
                    .put("at_most", rate.atMost());
        }
        root.putObject("regression")
                .put("slices", regression.slices())
                .put("points", regression.points())
                .put("margin", regression.margin())
                .put("median_pairs", regression.median())
                .put("median_pairs_to_be_named", regression.namedMedian())
                .put("found", regression.found());
        return root;
    }

    private String text(List<GateStudy.Rate> rates, GateStudy.Regression regression) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d gates of %d pairs each, alpha %s%n%-52s %8s %9s",
                runs,
                pairs,
                alpha,
                "case",
                "wrong",
                "at most"));
        for (GateStudy.Rate rate : rates) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-52s %6.2f %% %9s",
                    rate.what(),
                    100.0 * rate.wrong() / rate.runs(),
                    rate.atMost() == 1 ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * rate.atMost())));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%na regression of %.0f points on one of %d slices, margin %.2f: found in %.1f %% of runs, after"
                                + " %d pairs of the slice (median); named after %d",
                        100 * regression.points(),
                        regression.slices(),
                        regression.margin(),
                        100 * regression.found(),
                        regression.median(),
                        regression.namedMedian()))
                .toString();
    }
}
