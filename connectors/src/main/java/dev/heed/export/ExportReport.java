package dev.heed.export;

import java.util.List;

/**
 * What an export wrote, and what it could not.
 *
 * @param written rows in the data files
 * @param erased rows of the version whose text has been erased since; they are tombstones in the manifest
 * @param unfitRows rows that the shape cannot tell
 * @param unfit the first of them, with the reason; the manifest lists all
 * @param repeatedPrompts rows whose prompt an earlier row had word for word
 * @param files all files written, from the directory of the export
 */
public record ExportReport(
        int written, int erased, int unfitRows, List<Unfit> unfit, int repeatedPrompts, List<String> files) {
    /** Unfit rows that a report lists. */
    static final int MOST_UNFIT = 20;

    /** A row left out of the data files. */
    public record Unfit(String rowId, String reason) {}
}
