package dev.heed.runner.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.audit.PartitionAudit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What deciding again and hashing came to, a line per partition.
 *
 * @param seconds how long it took
 */
public record AuditReport(List<PartitionAudit.Result> partitions, double seconds) {
    private static final String LINE = "%-14s %10s %10s %10s %10s %10s %8s%n";

    /** Whether nothing is wrong. */
    public boolean holds() {
        return problems().isEmpty();
    }

    /** Journal records that were read; those of an older decision level were not decided again. */
    public long journalRecords() {
        return sum(PartitionAudit.Result::journalRecords);
    }

    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        partitions.forEach(result -> problems.addAll(result.problems()));
        return problems;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(LINE, "partition", "journal", "undecided", "decided", "by hash", "unproven", "heads"));
        for (PartitionAudit.Result each : partitions) {
            text.append(String.format(
                    LINE,
                    each.stage() + "-" + each.partition(),
                    each.journalRecords(),
                    each.undecided(),
                    each.decided(),
                    each.older(),
                    each.unproven(),
                    each.heads()));
        }
        text.append(String.format(
                Locale.ROOT,
                "%d journal records replayed in %.1f s, %.0f a second: %d facts were decided again and are the same bytes",
                journalRecords(),
                seconds,
                journalRecords() / Math.max(seconds, 1e-9),
                sum(PartitionAudit.Result::decided)));
        text.append(String.format(
                "; %d of an older decision level are checked by hash, %d of them under no published head%n",
                sum(PartitionAudit.Result::older), sum(PartitionAudit.Result::unproven)));
        text.append(
                holds()
                        ? "nothing differs"
                        : "DIFFERS:\n  " + String.join("\n  ", problems())
                                + "\n(a wrong --secret looks like tampering, too)");
        return text.toString();
    }

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("holds", holds());
        json.put("seconds", seconds);
        json.put("journal_records", journalRecords());
        json.put("facts_decided_again", sum(PartitionAudit.Result::decided));
        json.put("facts_by_hash", sum(PartitionAudit.Result::older));
        ArrayNode lines = json.putArray("partitions");
        for (PartitionAudit.Result each : partitions) {
            ObjectNode line = lines.addObject()
                    .put("stage", each.stage())
                    .put("partition", each.partition())
                    .put("journal_records", each.journalRecords())
                    .put("undecided", each.undecided())
                    .put("facts_decided_again", each.decided())
                    .put("facts_by_hash", each.older())
                    .put("facts_unproven", each.unproven())
                    .put("heads", each.heads());
            ArrayNode problems = line.putArray("problems");
            each.problems().forEach(problems::add);
        }
        return json;
    }

    private long sum(ToLongFunction<PartitionAudit.Result> figure) {
        return partitions.stream().mapToLong(figure).sum();
    }
}
