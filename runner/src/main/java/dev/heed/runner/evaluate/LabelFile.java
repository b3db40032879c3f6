package dev.heed.runner.evaluate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.heed.runner.Failure;
import dev.heed.runner.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code item_id, worker_id, label[, gold]} from a CSV file with a header, plain or {@code .gz}. */
final class LabelFile {
    private static final List<String> NEEDED = List.of("item_id", "worker_id", "label");
    private static final int MOST_PROBLEMS = 5;

    private final String name;
    private final List<String> problems = new ArrayList<>();
    private int unlisted;

    private LabelFile(String name) {
        this.name = name;
    }

    /**
     * The rows in the order of the file.
     *
     * @throws Failure if the file cannot be read, or with the first of the lines that are wrong
     */
    static List<LabelRow> read(Path file) {
        try (InputStream in = InputFile.open(file)) {
            Reader text = new InputStreamReader(
                    in, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
            return new LabelFile(file.getFileName().toString()).rows(text);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private List<LabelRow> rows(Reader text) throws IOException {
        List<LabelRow> rows = new ArrayList<>();
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvParser.Feature.TRIM_SPACES, CsvParser.Feature.SKIP_EMPTY_LINES)
                .build();
        try (MappingIterator<Map<String, String>> lines = mapper.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            while (lines.hasNextValue()) {
                Map<String, String> row = lines.nextValue();
                add(rows, lines.getParser().currentTokenLocation().getLineNr(), row);
            }
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            problem(at == null ? 1 : at.getLineNr(), broken.getOriginalMessage());
        }
        if (!problems.isEmpty()) {
            throw new Failure(
                    name + ": " + String.join("; ", problems) + (unlisted > 0 ? "; and " + unlisted + " more" : ""));
        }
        if (rows.isEmpty()) {
            throw new Failure(name + ": no rows (expected: a header and at least one label)");
        }
        return rows;
    }

    private void add(List<LabelRow> rows, int line, Map<String, String> row) {
        Map<String, String> values = new LinkedHashMap<>();
        row.forEach((column, value) -> values.put(withoutMark(column), value == null ? "" : value));
        for (String column : NEEDED) {
            String value = values.get(column);
            if (value == null && rows.isEmpty() && problems.isEmpty()) {
                problem(
                        1,
                        "columns " + String.join(", ", values.keySet()) + " (expected: item_id, worker_id, label and"
                                + " perhaps gold)");
                return;
            }
            if (value == null || value.isEmpty()) {
                problem(line, column + " is empty");
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

    /** Some programs begin a UTF-8 file with a byte order mark. */
    private static String withoutMark(String column) {
        return column.startsWith("\uFEFF") ? column.substring(1) : column;
    }

    private void problem(int line, String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add("line " + line + ": " + what);
        } else {
            unlisted++;
        }
    }
}
