package dev.heed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Real data and independently computed reference values, which lie beside the project and are not part of it. */
public final class SharedFiles {
    private SharedFiles() {}

    /** A JSON file, for example {@code reference/vectors/belief.json}. */
    public static JsonNode json(String path) {
        try (InputStream in = Files.newInputStream(find(path))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a CSV file without line breaks in its fields, plain or {@code .gz}. */
    public static List<Row> csv(String path) {
        List<String> lines = lines(path);
        List<String> columns = fields(lines.get(0));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            rows.add(new Row(columns, fields(line)));
        }
        return rows;
    }

    /** A row of a CSV file. */
    public record Row(List<String> columns, List<String> values) {
        public String get(String column) {
            return values.get(columns.indexOf(column));
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean escaped = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                i += escaped ? 1 : 0;
                quoted = escaped || !quoted;
                field.append(escaped ? "\"" : "");
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** The lines of a text file, plain or {@code .gz}. */
    public static List<String> lines(String path) {
        Path file = find(path);
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = path.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path find(String path) {
        Path file = Path.of(System.getProperty("heed.root", ".."), "..", "shared", path)
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(file)) {
            String message = "shared file " + file + " is missing (expected beside the checkout)";
            if (System.getenv("CI") != null) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        return file;
    }
}
