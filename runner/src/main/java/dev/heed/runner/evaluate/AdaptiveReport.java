package dev.heed.runner.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What asking where labels are worth most came to: a line per set, the mean of its seeds, and the mean of the sets. */
record AdaptiveReport(List<AdaptiveFigures> runs) {
    private static final String LINE = "%-24s %8d %8.0f %7.4f %9.2f %9s %9s %9.6f%n";

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%-24s %8s %8s %7s %9s %9s %9s %9s%n",
                "set", "labels", "asked", "share", "per item", "right", "majority", "price"));
        Map<String, List<AdaptiveFigures>> sets = sets();
        sets.forEach((set, of) -> text.append(String.format(
                Locale.ROOT,
                LINE,
                set,
                of.get(0).labels(),
                Means.of(of, AdaptiveFigures::asked),
                Means.of(of, AdaptiveFigures::share),
                Means.of(of, AdaptiveFigures::labelsPerItem),
                Means.text(Means.known(of, AdaptiveFigures::accuracy)),
                Means.text(Means.known(of, AdaptiveFigures::majorityAccuracy)),
                Means.of(of, AdaptiveFigures::lastWorth))));
        if (sets.size() > 1) {
            List<List<AdaptiveFigures>> all = List.copyOf(sets.values());
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %8s %8s %7.4f %9.2f %9s %9s%n",
                    "mean",
                    "",
                    "",
                    Means.of(all, of -> Means.of(of, AdaptiveFigures::share)),
                    Means.of(all, of -> Means.of(of, AdaptiveFigures::labelsPerItem)),
                    Means.text(Means.known(all, of -> Means.known(of, AdaptiveFigures::accuracy))),
                    Means.text(Means.known(all, of -> Means.known(of, AdaptiveFigures::majorityAccuracy)))));
        }
        text.append("asked: labels taken; majority: of all labels; price: what the last label was worth, in mistakes");
        return text.toString();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode lines = json.putArray("runs");
        for (AdaptiveFigures run : runs) {
            lines.addObject()
                    .put("set", run.set())
                    .put("seed", run.seed())
                    .put("items", run.items())
                    .put("labels", run.labels())
                    .put("asked", run.asked())
                    .put("share", run.share())
                    .put("labels_per_item", run.labelsPerItem())
                    .put("accuracy", run.accuracy())
                    .put("majority_accuracy", run.majorityAccuracy())
                    .put("price", run.lastWorth());
        }
        List<List<AdaptiveFigures>> all = List.copyOf(sets().values());
        json.putObject("mean")
                .put("share", Means.of(all, of -> Means.of(of, AdaptiveFigures::share)))
                .put("accuracy", Means.known(all, of -> Means.known(of, AdaptiveFigures::accuracy)))
                .put("majority_accuracy", Means.known(all, of -> Means.known(of, AdaptiveFigures::majorityAccuracy)));
        return json;
    }

    private Map<String, List<AdaptiveFigures>> sets() {
        return runs.stream()
                .collect(Collectors.groupingBy(AdaptiveFigures::set, LinkedHashMap::new, Collectors.toList()));
    }
}
