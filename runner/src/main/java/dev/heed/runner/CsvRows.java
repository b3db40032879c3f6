package dev.heed.runner;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file with a header, plain or {@code .gz}, and what is wrong with them, by line. */
public final class CsvRows {
    private static final int MOST_PROBLEMS = 5;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final List<String> problems = new ArrayList<>();
    private int unlisted;

    /** Takes the values of one line by their columns, none of them null. */
    @FunctionalInterface
    public interface Row {
        void take(int line, Map<String, String> values);
    }

    /** As {@link #read(Path, String, Consumer, Row)}, with any columns. */
    public void read(Path file, String name, Row each) {
        read(file, name, columns -> {}, each);
    }

    /**
     * Reads the rows in the order of the file. A value that a line lacks is empty.
     *
     * @param name the file's name, for messages
     * @param header is told the columns first; if it notes a problem, no row is read
     * @throws Failure if the file cannot be read, or with the first of the lines that are wrong
     */
    public void read(Path file, String name, Consumer<List<String>> header, Row each) {
        try (InputStream in = InputFile.open(file)) {
            Reader text = new InputStreamReader(
                    in, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
            read(new BufferedReader(text), header, each);
        } catch (CharacterCodingException notText) {
            throw new Failure(name + ": is not text in UTF-8 (expected: a CSV file in UTF-8)", notText);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
        if (!problems.isEmpty()) {
            throw new Failure(
                    name + ": " + String.join("; ", problems) + (unlisted > 0 ? "; and " + unlisted + " more" : ""));
        }
    }

    private void read(Reader text, Consumer<List<String>> header, Row each) throws IOException {
        text.mark(1);
        int first = text.read();
        if (first < 0) {
            return;
        }
        // Some programs begin a UTF-8 file with a byte order mark.
        if (first != BYTE_ORDER_MARK) {
            text.reset();
        }
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvParser.Feature.TRIM_SPACES, CsvParser.Feature.SKIP_EMPTY_LINES)
                .build();
        try (MappingIterator<Map<String, String>> rows = mapper.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            boolean more = rows.hasNextValue();
            List<String> columns = ((CsvSchema) rows.getParser().getSchema()).getColumnNames();
            header.accept(columns);
            for (boolean good = problems.isEmpty(); good && more; more = rows.hasNextValue()) {
                Map<String, String> row = rows.nextValue();
                Map<String, String> values = new LinkedHashMap<>();
                columns.forEach(column -> values.put(column, text(row.get(column))));
                each.take(rows.getParser().currentTokenLocation().getLineNr(), values);
            }
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            problem(at == null ? 1 : Math.max(1, at.getLineNr()), broken.getOriginalMessage());
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
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
