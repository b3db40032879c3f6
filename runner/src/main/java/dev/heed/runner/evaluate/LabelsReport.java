package dev.heed.runner.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How well the loop did on several studies: a line per set, the mean of its seeds, and the mean of the sets. */
record LabelsReport(List<Run> runs) {
    /**
     * @param set name of the study
     * @param seed of its arrival order
     */
    record Run(String set, long seed, StudyFigures figures) {}

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format("%-24s %8s %8s %9s %9s %9s%n", "set", "labels", "seeds", "right", "majority", "alpha"));
        Map<String, List<Run>> sets = sets();
        sets.forEach((set, of) -> text.append(String.format(
                Locale.ROOT,
                "%-24s %8d %8d %9s %9s %9s%n",
                set,
                of.get(0).figures().labels(),
                of.size(),
                Means.text(Means.known(of, run -> run.figures().accuracy())),
                Means.text(Means.known(of, run -> run.figures().majorityAccuracy())),
                Means.text(Means.known(of, run -> run.figures().alpha())))));
        List<List<Run>> all = List.copyOf(sets.values());
        text.append(String.format(
                "%-24s %8s %8s %9s %9s",
                "mean",
                "",
                "",
                Means.text(mean(all)),
                Means.text(Means.known(
                        all, of -> Means.known(of, run -> run.figures().majorityAccuracy())))));
        return text.toString();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode lines = json.putArray("runs");
        for (Run run : runs) {
            lines.addObject()
                    .put("set", run.set())
                    .put("seed", run.seed())
                    .setAll(run.figures().json());
        }
        json.putObject("mean").put("judgment_accuracy", mean(List.copyOf(sets().values())));
        return json;
    }

    private static @Nullable Double mean(List<List<Run>> sets) {
        return Means.known(sets, of -> Means.known(of, run -> run.figures().accuracy()));
    }

    private Map<String, List<Run>> sets() {
        return runs.stream().collect(Collectors.groupingBy(Run::set, LinkedHashMap::new, Collectors.toList()));
    }
}
