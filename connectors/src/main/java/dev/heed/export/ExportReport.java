package dev.heed.export;

import java.util.List;

/**
 * What an export wrote, and what it could not.
 *
 * @param written rows in the data files
 * @param erased rows of the version whose text has been erased since; they are tombstones in the manifest
 * @param unfit rows that the shape cannot tell, with the reason
 * @param repeatedPrompts rows whose prompt an earlier row had word for word
 * @param files all files written, from the directory of the export
 */
public record ExportReport(int written, int erased, List<Unfit> unfit, int repeatedPrompts, List<String> files) {
    /** A row left out of the data files. */
    public record Unfit(String rowId, String reason) {}
}
