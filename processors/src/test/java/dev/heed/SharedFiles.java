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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The rows of a CSV file without quoting, plain or {@code .gz}, each as column to value. */
    public static List<Map<String, String>> csv(String path) {
        List<String> lines = lines(path);
        String[] columns = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], values[i]);
            }
            rows.add(row);
        }
        return rows;
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
