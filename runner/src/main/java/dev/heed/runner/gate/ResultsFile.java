package dev.heed.runner.gate;

import dev.heed.event.PairedResult;
import dev.heed.runner.CsvRows;
import dev.heed.runner.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private static final int MICRO_DIGITS = 6;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final String candidateId;
    private final List<Line> lines = new ArrayList<>();
    private final CsvRows csv = new CsvRows();

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
        ResultsFile results = new ResultsFile(candidateId);
        results.csv.read(file, file.toString(), results::add);
        if (results.lines.isEmpty()) {
            throw new Failure(file + ": no results (expected: a header and at least one line)");
        }
        return results.lines;
    }

    private void add(int line, Map<String, String> values) {
        String cluster = values.getOrDefault("cluster", "");
        if (cluster.isEmpty()) {
            csv.problem(line, values.containsKey("cluster") ? "cluster is empty" : "no column cluster");
            return;
        }
        int before = csv.problems();
        long differenceMicros = differenceMicros(line, values);
        boolean violated = violated(line, values.getOrDefault("violated", ""));
        if (csv.problems() > before) {
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
                csv.problem(line, "candidate - reference: " + difference.toPlainString() + " (expected: -1 to 1)");
            }
            return micros(difference);
        }
        csv.problem(
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
        csv.problem(
                line, column + ": " + (text.isEmpty() ? "empty" : text) + " (expected: -" + most + " to " + most + ")");
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
                csv.problem(line, "violated: " + text + " (expected: true, false, 1 or 0)");
                yield false;
            }
        };
    }
}
