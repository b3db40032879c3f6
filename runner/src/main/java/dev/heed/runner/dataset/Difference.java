package dev.heed.runner.dataset;

import dev.heed.event.RowOp;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.versions.SealedRows;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one version to another of the same dataset: the rows that stand in the second only, those that stand
 * in both and say something else, and those that stand in the first only, each with the cause of its latest change.
 */
final class Difference {
    private final DatasetVersion from;
    private final DatasetVersion to;
    private final StoredRows before;
    private final StoredRows after;
    private final SortedStore.Table retractions;
    private final SortedStore.Table revised;
    private final PrintWriter out;
    private long added;
    private long changed;
    private long removed;

    Difference(DatasetVersion from, DatasetVersion to, SortedStore store, PrintWriter out) {
        this.from = from;
        this.to = to;
        this.before = new StoredRows(store.table());
        this.after = new StoredRows(store.table());
        this.retractions = store.table();
        this.revised = store.table();
        this.out = out;
    }

    /** Prints it, once both versions are proved. */
    void print(DatasetTopics topics) {
        SealedRows first = new SealedRows(from, before);
        SealedRows second = new SealedRows(to, after);
        topics.deltas((partition, delta) -> {
            first.read(partition, delta);
            if (second.read(partition, delta) && delta.getOp() == RowOp.RETRACT) {
                retractions.put(delta.getRowId(), bytes(delta.getCause()));
            }
        });
        Exports.requireProved(from, first);
        Exports.requireProved(to, second);
        try (Stream<Delta> rows = after.rows()) {
            rows.forEach(row -> compare(before.get(row.getRowId()), row));
        }
        try (var rows = revised.entries()) {
            rows.forEach(row -> line("~ ", row.getKey(), text(row.getValue())));
        }
        try (Stream<Delta> rows = before.rows()) {
            rows.filter(row -> after.get(row.getRowId()) == null).forEach(row -> printRemoved(row.getRowId()));
        }
        out.print(added + " added, " + changed + " revised, " + removed + " removed\n");
    }

    private void compare(@Nullable Delta old, Delta row) {
        if (old == null) {
            added++;
            line("+ ", row.getRowId(), row.getCause());
        } else if (!old.getRowHash().equals(row.getRowHash()) || old.getSplit() != row.getSplit()) {
            changed++;
            revised.put(row.getRowId(), bytes(row.getCause()));
        }
    }

    private void printRemoved(String rowId) {
        removed++;
        byte[] cause = retractions.get(rowId);
        line("- ", rowId, cause == null ? "it came later" : text(cause));
    }

    private void line(String sign, String row, String cause) {
        out.print(sign + row + "  " + cause + "\n");
    }

    private static byte[] bytes(String cause) {
        return cause.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] cause) {
        return new String(cause, StandardCharsets.UTF_8);
    }
}
