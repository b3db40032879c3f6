package dev.heed.runner.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a set of preferences.
 *
 * @param alpha Krippendorff's nominal alpha; null when it is not defined
 * @param reliability how much better than chance each rater is, 0 to 1
 * @param answers how many pairs each class is the likeliest of
 * @param models in order of their names
 * @param strengths of the models, summing to 1, by each way of counting; empty when the file names no models
 */
record PreferenceFigures(
        int pairs,
        int votes,
        int ties,
        @Nullable Double alpha,
        Map<String, Double> reliability,
        Map<String, Integer> answers,
        List<String> models,
        Map<String, List<Double>> strengths) {

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("pairs", pairs).put("votes", votes).put("ties", ties).put("krippendorff_alpha", alpha);
        ObjectNode raters = root.putObject("reliability");
        reliability.forEach(raters::put);
        ObjectNode judged = root.putObject("answers");
        answers.forEach(judged::put);
        ObjectNode ways = root.putObject("strengths");
        strengths.forEach((way, values) -> {
            ObjectNode byModel = ways.putObject(way.replace(' ', '_'));
            for (int i = 0; i < models.size(); i++) {
                byModel.put(models.get(i), values.get(i));
            }
        });
        return root;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("%d pairs, %d votes, %d of them ties".formatted(pairs, votes, ties));
        if (alpha != null) {
            text.append(String.format(Locale.ROOT, ", Krippendorff's alpha %.4f", alpha));
        }
        text.append(String.format("%njudged: %s%n", answers));
        reliability.forEach((rater, value) ->
                text.append(String.format(Locale.ROOT, "%s: %.3f better than chance%n", rater, value)));
        if (!models.isEmpty()) {
            text.append(String.format("%-24s", "Bradley-Terry strength"));
            strengths.keySet().forEach(way -> text.append(String.format("%16s", way)));
            for (int i = 0; i < models.size(); i++) {
                text.append(String.format("%n%-24s", models.get(i)));
                for (List<Double> values : strengths.values()) {
                    text.append(String.format(Locale.ROOT, "%16.6f", values.get(i)));
                }
            }
        }
        return text.toString().stripTrailing();
    }
}
