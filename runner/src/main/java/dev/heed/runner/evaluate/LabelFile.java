package dev.heed.runner.evaluate;

import dev.heed.runner.CsvRows;
import dev.heed.runner.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code item_id, worker_id, label[, gold]} from a CSV file with a header, plain or {@code .gz}. */
final class LabelFile {
    private static final List<String> NEEDED = List.of("item_id", "worker_id", "label");

    private final CsvRows csv = new CsvRows();
    private final List<LabelRow> rows = new ArrayList<>();

    private LabelFile() {}

    /**
     * The rows in the order of the file.
     *
     * @throws Failure if the file cannot be read, or with the first of the lines that are wrong
     */
    static List<LabelRow> read(Path file) {
        LabelFile labels = new LabelFile();
        String name = file.getFileName().toString();
        labels.csv.read(file, name, labels::add);
        if (labels.rows.isEmpty()) {
            throw new Failure(name + ": no rows (expected: a header and at least one label)");
        }
        return labels.rows;
    }

    private void add(int line, Map<String, String> values) {
        for (String column : NEEDED) {
            String value = values.get(column);
            if (value == null && rows.isEmpty() && csv.problems() == 0) {
                csv.problem(
                        1,
                        "columns " + String.join(", ", values.keySet()) + " (expected: item_id, worker_id, label and"
                                + " perhaps gold)");
                return;
            }
            if (value == null || value.isEmpty()) {
                csv.problem(line, column + " is empty");
                return;
            }
        }
        String gold = values.getOrDefault("gold", "");
        rows.add(new LabelRow(
                line, get(values, "item_id"), get(values, "worker_id"), get(values, "label"), orNull(gold)));
    }

    private static String get(Map<String, String> values, String column) {
        return values.getOrDefault(column, "");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
