package dev.heed.runner.pairs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What became of a set of pairs.
 *
 * @param lines lines in the file
 * @param leftOut lines that are no comparison of two answers to one prompt, by reason
 * @param repeatedPrompts pairs whose prompt an earlier pair had word for word
 * @param rows preference rows sealed, on both sides
 * @param heldOut of them, rows held out
 * @param contaminated prompt clusters on both sides of the split
 * @param files what was written for each trainer
 */
record PairsFigures(
        int lines,
        Map<String, Integer> leftOut,
        int repeatedPrompts,
        long rows,
        long heldOut,
        int contaminated,
        List<Written> files) {
    /** One export: how many rows the shape told, and how many it could not. */
    record Written(String dataset, String format, String shape, int rows, int unfit) {}

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("lines", lines);
        ObjectNode out = node.putObject("left_out");
        leftOut.forEach(out::put);
        node.put("repeated_prompts", repeatedPrompts).put("rows", rows).put("held_out", heldOut);
        node.put("contaminated_clusters", contaminated);
        ArrayNode array = node.putArray("exports");
        for (Written each : files) {
            array.addObject()
                    .put("dataset", each.dataset())
                    .put("format", each.format())
                    .put("shape", each.shape())
                    .put("rows", each.rows())
                    .put("unfit", each.unfit());
        }
        return node;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("%d lines, %d pairs, %d with a repeated prompt%n"
                .formatted(
                        lines,
                        lines - leftOut.values().stream().mapToInt(i -> i).sum(),
                        repeatedPrompts));
        leftOut.forEach((reason, count) -> text.append("  left out: %d, %s%n".formatted(count, reason)));
        text.append("%d preference rows, %d held out, %d prompt clusters on both sides%n"
                .formatted(rows, heldOut, contaminated));
        for (Written each : files) {
            text.append("  %-11s %-14s %-28s %5d rows, %d not told%n"
                    .formatted(each.dataset(), each.format(), each.shape(), each.rows(), each.unfit()));
        }
        return text.toString().stripTrailing();
    }
}
