package dev.heed.runner.dataset;

import dev.heed.event.RowOp;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.versions.SealedRows;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What changed from one version to another of the same dataset.
 *
 * @param added rows that stand in the second only, by id, with the cause of their latest change
 * @param removed rows that stand in the first only, with the cause of their retraction
 * @param revised rows that stand in both and say something else
 */
record Difference(Map<String, String> added, Map<String, String> removed, Map<String, String> revised) {
    static Difference of(DatasetTopics topics, DatasetVersion from, DatasetVersion to) {
        SealedRows before = new SealedRows(from);
        SealedRows after = new SealedRows(to);
        Map<String, Delta> retractions = new HashMap<>();
        topics.deltas((partition, delta) -> {
            before.read(partition, delta);
            if (after.read(partition, delta) && delta.getOp() == RowOp.RETRACT) {
                retractions.put(delta.getRowId(), delta);
            }
        });
        Exports.requireProved(from, before);
        Exports.requireProved(to, after);
        Map<String, Delta> left = byId(before);
        Difference difference = new Difference(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (Delta row : after.rows()) {
            Delta old = left.remove(row.getRowId());
            if (old == null) {
                difference.added.put(row.getRowId(), row.getCause());
            } else if (!old.getRowHash().equals(row.getRowHash()) || old.getSplit() != row.getSplit()) {
                difference.revised.put(row.getRowId(), row.getCause());
            }
        }
        for (String rowId : left.keySet()) {
            Delta retraction = retractions.get(rowId);
            difference.removed.put(rowId, retraction == null ? "it came later" : retraction.getCause());
        }
        return difference;
    }

    private static Map<String, Delta> byId(SealedRows rows) {
        Map<String, Delta> byId = new LinkedHashMap<>();
        rows.rows().forEach(row -> byId.put(row.getRowId(), row));
        return byId;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        added.forEach((row, cause) -> line(text, "+ ", row, cause));
        revised.forEach((row, cause) -> line(text, "~ ", row, cause));
        removed.forEach((row, cause) -> line(text, "- ", row, cause));
        text.append(added.size()).append(" added, ").append(revised.size()).append(" revised, ");
        return text.append(removed.size()).append(" removed\n").toString();
    }

    private static void line(StringBuilder text, String sign, String row, String cause) {
        text.append(sign).append(row).append("  ").append(cause).append('\n');
    }
}
