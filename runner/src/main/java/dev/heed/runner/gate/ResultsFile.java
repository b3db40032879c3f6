package dev.heed.runner.gate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.heed.event.PairedResult;
import dev.heed.runner.Failure;
import dev.heed.runner.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads paired results from a CSV file with a header, plain or {@code .gz}: {@code cluster}, and {@code difference} or
 * both {@code candidate} and {@code reference}; perhaps {@code slice}, {@code metric}, {@code example}, {@code violated}
 * and {@code holdout}.
 */
final class ResultsFile {
    /** The slice of lines that name none. */
    static final String ALL = "all";

    private static final int MOST_PROBLEMS = 5;
    private static final int MICRO_DIGITS = 6;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final String candidateId;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int unlisted;

    private ResultsFile(String candidateId) {
        this.candidateId = candidateId;
    }

    /** A result and where it stands. */
    record Line(int number, PairedResult result) {}

    /**
     * The results in the order of the file.
     *
     * @throws Failure if the file cannot be read, or with the first of the lines that are wrong
     */
    static List<Line> read(Path file, String candidateId) {
        try (InputStream in = InputFile.open(file)) {
            Reader text = new InputStreamReader(
                    in, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
            return new ResultsFile(candidateId).read(file.toString(), text);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private List<Line> read(String name, Reader text) throws IOException {
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvParser.Feature.TRIM_SPACES, CsvParser.Feature.SKIP_EMPTY_LINES)
                .build();
        try (MappingIterator<Map<String, String>> rows = mapper.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            while (rows.hasNextValue()) {
                Map<String, String> row = rows.nextValue();
                add(rows.getParser().currentTokenLocation().getLineNr(), row);
            }
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            problem(at == null ? 1 : at.getLineNr(), broken.getOriginalMessage());
        }
        if (!problems.isEmpty()) {
            throw new Failure(
                    name + ": " + String.join("; ", problems) + (unlisted > 0 ? "; and " + unlisted + " more" : ""));
        }
        if (lines.isEmpty()) {
            throw new Failure(name + ": no results (expected: a header and at least one line)");
        }
        return lines;
    }

    private void add(int line, Map<String, String> row) {
        Map<String, String> values = new LinkedHashMap<>();
        // Some programs begin a UTF-8 file with a byte order mark.
        row.forEach((column, value) ->
                values.put(column.startsWith("\uFEFF") ? column.substring(1) : column, value == null ? "" : value));
        String cluster = values.getOrDefault("cluster", "");
        if (cluster.isEmpty()) {
            problem(line, values.containsKey("cluster") ? "cluster is empty" : "no column cluster");
            return;
        }
        int before = problems.size() + unlisted;
        long differenceMicros = differenceMicros(line, values);
        boolean violated = violated(line, values.getOrDefault("violated", ""));
        if (problems.size() + unlisted > before) {
            return;
        }
        String slice = values.getOrDefault("slice", "");
        lines.add(new Line(
                line,
                PairedResult.newBuilder()
                        .setEventId("line-" + line)
                        .setCandidateId(candidateId)
                        .setSlice(slice.isEmpty() ? ALL : slice)
                        .setCluster(cluster)
                        .setDifferenceMicros(differenceMicros)
                        .setOccurredAtMs(0)
                        .setMetric(values.getOrDefault("metric", ""))
                        .setViolated(violated)
                        .setHoldout(values.getOrDefault("holdout", ""))
                        .setExample(values.getOrDefault("example", ""))
                        .build()));
    }

    private long differenceMicros(int line, Map<String, String> values) {
        if (values.containsKey("difference")) {
            return micros(number(line, "difference", values, BigDecimal.ONE));
        }
        if (values.containsKey("candidate") && values.containsKey("reference")) {
            BigDecimal candidate = number(line, "candidate", values, TWO);
            BigDecimal difference = candidate.subtract(number(line, "reference", values, TWO));
            if (difference.abs().compareTo(BigDecimal.ONE) > 0) {
                problem(line, "candidate - reference: " + difference.toPlainString() + " (expected: -1 to 1)");
            }
            return micros(difference);
        }
        problem(
                line,
                "columns " + String.join(", ", values.keySet())
                        + " (expected: cluster, and difference or both candidate and reference)");
        return 0;
    }

    private BigDecimal number(int line, String column, Map<String, String> values, BigDecimal most) {
        String text = values.getOrDefault(column, "");
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.abs().compareTo(most) <= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as a number out of range is.
        }
        problem(line, column + ": " + (text.isEmpty() ? "empty" : text) + " (expected: -" + most + " to " + most + ")");
        return BigDecimal.ZERO;
    }

    private static long micros(BigDecimal number) {
        return number.movePointRight(MICRO_DIGITS)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private boolean violated(int line, String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "", "false", "0" -> false;
            default -> {
                problem(line, "violated: " + text + " (expected: true, false, 1 or 0)");
                yield false;
            }
        };
    }

    private void problem(int line, String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add("line " + line + ": " + what);
        } else {
            unlisted++;
        }
    }
}
