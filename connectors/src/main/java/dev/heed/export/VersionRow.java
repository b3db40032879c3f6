package dev.heed.export;

import dev.heed.out.Delta;
import org.jspecify.annotations.Nullable;

/**
 * A row of a version.
 *
 * @param delta the row as it was sealed
 * @param row the row with its text; null when a text of it has been erased since
 */
public record VersionRow(Delta delta, @Nullable TrainingRow row) {}
