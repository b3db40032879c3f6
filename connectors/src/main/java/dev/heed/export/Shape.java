package dev.heed.export;

import dev.heed.event.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A form in which a trainer takes the rows of a dataset.
 *
 * @param name how the command line names it
 * @param columns the columns, in the order of the values
 * @param fit which prompts it can tell
 * @param values the row's values, one for each column; null where there is none
 */
public record Shape(
        String name,
        Dataset dataset,
        List<Column> columns,
        Fit fit,
        Function<TrainingRow, List<@Nullable Object>> values) {
    public Shape {
        columns = List.copyOf(columns);
    }

    /** Why the row cannot be told in this shape, if it cannot. */
    public Optional<String> problem(TrainingRow row) {
        return fit.problem(row.prompt());
    }

    /** The row's values, one for each column. */
    public List<@Nullable Object> write(TrainingRow row) {
        List<@Nullable Object> written = values.apply(row);
        if (written.size() != columns.size()) {
            throw new IllegalStateException(
                    name + ": " + written.size() + " values (expected: " + columns.size() + ", one for each column)");
        }
        return written;
    }

    boolean has(String column) {
        return columns.stream().anyMatch(each -> each.name().equals(column));
    }
}
