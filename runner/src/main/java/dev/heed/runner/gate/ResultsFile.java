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
 * both {@code candidate} and {@code reference}; perhaps {@code slice}, {@code metric}, {@code example}, {@code violated},
 * {@code holdout} and {@code candidate_id}. A column of another name is refused: a slice or a violation that is not read
 * would be another verdict.
 */
final class ResultsFile {
    /** The slice of lines that name none. */
    static final String ALL = "all";

    private static final List<String> COLUMNS = List.of(
            "cluster",
            "difference",
            "candidate",
            "reference",
            "slice",
            "metric",
            "example",
            "violated",
            "holdout",
            "candidate_id");
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
        results.csv.read(file, file.toString(), results::header, results::add);
        if (results.lines.isEmpty()) {
            throw new Failure(file + ": no results (expected: a header and at least one line)");
        }
        return results.lines;
    }

    private void header(List<String> columns) {
        if (!columns.contains("cluster")
                || !(columns.contains("difference")
                        || (columns.contains("candidate") && columns.contains("reference")))) {
            csv.problem(
                    1,
                    "columns " + String.join(", ", columns)
                            + " (expected: cluster, and difference or both candidate and reference)");
        }
        List<String> unknown =
                columns.stream().filter(column -> !COLUMNS.contains(column)).toList();
        if (!unknown.isEmpty()) {
            csv.problem(
                    1,
                    "unknown columns " + String.join(", ", unknown) + " (expected: some of "
                            + String.join(", ", COLUMNS) + ")");
        }
    }

    private void add(int line, Map<String, String> values) {
        String cluster = values.getOrDefault("cluster", "");
        if (cluster.isEmpty()) {
            csv.problem(line, "cluster is empty");
            return;
        }
        String measured = values.getOrDefault("candidate_id", "");
        if (!measured.isEmpty() && !measured.equals(candidateId)) {
            csv.problem(line, "candidate_id: " + measured + " (expected: " + candidateId + ", whose gate it is)");
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
        BigDecimal candidate = number(line, "candidate", values, TWO);
        BigDecimal difference = candidate.subtract(number(line, "reference", values, TWO));
        if (difference.abs().compareTo(BigDecimal.ONE) > 0) {
            csv.problem(line, "candidate - reference: " + difference.toPlainString() + " (expected: -1 to 1)");
        }
        return micros(difference);
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
