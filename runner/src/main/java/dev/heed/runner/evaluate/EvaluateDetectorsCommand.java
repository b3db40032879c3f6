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

/** Puts simulated detectors through the estimate of their error rates. */
@Command(
        name = "detectors",
        description =
                "Put simulated detectors through the calibration stage and say how often the 95 % intervals of their"
                        + " published error rates hold the true ones. What is flagged is always judged, the rest when"
                        + " exploration draws it.")
public final class EvaluateDetectorsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--runs", paramLabel = "N", description = "Detectors of each sort (default: ${DEFAULT-VALUE}).")
    private int runs = 1_000;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the items (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        DetectorStudy study = new DetectorStudy(runs, seed);
        List<DetectorStudy.Coverage> coverage = new ArrayList<>();
        DetectorStudy.SORTS.forEach(sort -> coverage.add(study.of(sort)));
        spec.commandLine().getOut().println(json ? json(coverage) : text(coverage));
        return 0;
    }

    private static double mean(List<DetectorStudy.Coverage> coverage) {
        return coverage.stream()
                .mapToDouble(each -> (each.falsePositives() + each.falseNegatives()) / 2)
                .average()
                .orElseThrow();
    }

    private ObjectNode json(List<DetectorStudy.Coverage> coverage) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("runs", runs).put("coverage", mean(coverage));
        ArrayNode sorts = root.putArray("sorts");
        for (DetectorStudy.Coverage each : coverage) {
            sorts.addObject()
                    .put("items", each.sort().items())
                    .put("prevalence", each.sort().prevalence())
                    .put("false_positive_rate", each.sort().falsePositive())
                    .put("false_negative_rate", each.sort().falseNegative())
                    .put("exploration", each.sort().exploration())
                    .put("false_positive_coverage", each.falsePositives())
                    .put("false_negative_coverage", each.falseNegatives());
        }
        return root;
    }

    private String text(List<DetectorStudy.Coverage> coverage) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d detectors of each sort%n"
                        + "items   violations   false pos.   false neg.   explored   intervals that hold the rate: pos.    neg.",
                runs));
        for (DetectorStudy.Coverage each : coverage) {
            DetectorStudy.Sort sort = each.sort();
            text.append(String.format(
                    Locale.ROOT,
                    "%n%5d   %8.0f %%   %8.0f %%   %8.0f %%   %6.0f %%   %32.1f %%  %5.1f %%",
                    sort.items(),
                    sort.prevalence() * 100,
                    sort.falsePositive() * 100,
                    sort.falseNegative() * 100,
                    sort.exploration() * 100,
                    each.falsePositives() * 100,
                    each.falseNegatives() * 100));
        }
        text.append(String.format(Locale.ROOT, "%nmean coverage %.1f %%", mean(coverage) * 100));
        return text.toString();
    }
}
