package dev.heed.runner;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
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

/** The rows of a CSV file with a header, plain or {@code .gz}, and what is wrong with them, by line. */
public final class CsvRows {
    private static final int MOST_PROBLEMS = 5;

    private final List<String> problems = new ArrayList<>();
    private int unlisted;

    /** Takes the values of one line by their columns, none of them null. */
    @FunctionalInterface
    public interface Row {
        void take(int line, Map<String, String> values);
    }

    /**
     * Reads the rows in the order of the file.
     *
     * @param name the file's name, for messages
     * @throws Failure if the file cannot be read, or with the first of the lines that are wrong
     */
    public void read(Path file, String name, Row each) {
        try (InputStream in = InputFile.open(file)) {
            Reader text = new InputStreamReader(
                    in, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
            read(text, each);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
        if (!problems.isEmpty()) {
            throw new Failure(
                    name + ": " + String.join("; ", problems) + (unlisted > 0 ? "; and " + unlisted + " more" : ""));
        }
    }

    private void read(Reader text, Row each) throws IOException {
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvParser.Feature.TRIM_SPACES, CsvParser.Feature.SKIP_EMPTY_LINES)
                .build();
        try (MappingIterator<Map<String, String>> rows = mapper.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            while (rows.hasNextValue()) {
                Map<String, String> values = new LinkedHashMap<>();
                rows.nextValue()
                        .forEach((column, value) -> values.put(withoutMark(column), value == null ? "" : value));
                each.take(rows.getParser().currentTokenLocation().getLineNr(), values);
            }
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            problem(at == null ? 1 : at.getLineNr(), broken.getOriginalMessage());
        }
    }

    /** Some programs begin a UTF-8 file with a byte order mark. */
    private static String withoutMark(String column) {
        return column.startsWith("\uFEFF") ? column.substring(1) : column;
    }

    /** Notes what is wrong with a line. */
    public void problem(int line, String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add("line " + line + ": " + what);
        } else {
            unlisted++;
        }
    }

    /** How many problems were noted. */
    public int problems() {
        return problems.size() + unlisted;
    }
}
