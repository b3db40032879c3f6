package dev.heed.runner.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts simulated raters through the test on gold. */
@Command(
        name = "raters",
        description = {
            "Put simulated raters through the calibration stage and say how many good ones it suspends, and how soon poor"
                    + " ones.",
            "A good rater is exactly as accurate as required. Whoever is suspended comes back at once, so that errors"
                    + " are counted over a whole life."
        })
public final class EvaluateRatersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--alpha",
            paramLabel = "A",
            split = ",",
            description = "Levels of the test (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.01,0.05,0.1")
    private List<Double> alphas = List.of();

    @Option(names = "--raters", paramLabel = "N", description = "Raters of each sort (default: ${DEFAULT-VALUE}).")
    private int raters = 2_000;

    @Option(names = "--golds", paramLabel = "N", description = "Gold answers of each (default: ${DEFAULT-VALUE}).")
    private int golds = 200;

    @Option(names = "--required", paramLabel = "A", description = "Accuracy required (default: ${DEFAULT-VALUE}).")
    private double required = 0.8;

    @Option(names = "--poor", paramLabel = "A", description = "Accuracy of poor raters (default: ${DEFAULT-VALUE}).")
    private double poor = 0.6;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the answers (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        RaterStudy study = new RaterStudy(raters, golds, required, poor, seed);
        List<RaterStudy.Figures> figures = new ArrayList<>();
        alphas.forEach(alpha -> figures.add(study.at(alpha)));
        spec.commandLine().getOut().println(json ? json(figures) : text(figures));
        return 0;
    }

    private ObjectNode json(List<RaterStudy.Figures> figures) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("raters", raters).put("golds", golds).put("required", required).put("poor", poor);
        ArrayNode levels = root.putArray("levels");
        for (RaterStudy.Figures each : figures) {
            levels.addObject()
                    .put("alpha", each.alpha())
                    .put("false_suspensions", each.suspended())
                    .put("caught_median_golds", each.caughtMedian())
                    .put("caught", each.caught());
        }
        return root;
    }

    private String text(List<RaterStudy.Figures> figures) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d good raters (%.0f %% right, as required) and %d poor ones (%.0f %%), %d golds each%n"
                        + "alpha   good ever suspended   poor caught after (median)   poor ever caught",
                raters,
                required * 100,
                raters,
                poor * 100,
                golds));
        for (RaterStudy.Figures each : figures) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-7s %8.2f %%            %8d golds               %8.1f %%",
                    each.alpha(),
                    each.suspended() * 100,
                    each.caughtMedian(),
                    each.caught() * 100));
        }
        return text.toString();
    }
}
