package dev.heed.runner.dataset;

import dev.heed.out.DatasetVersion;
import dev.heed.runner.Failure;
import dev.heed.runner.TemporaryDirectory;
import java.io.PrintWriter;

/** What can be told of versions, for a terminal. */
public final class DatasetReports {
    private DatasetReports() {}

    /**
     * Prints the rows that came, changed and went from one version to another. They are on disk meanwhile.
     *
     * @param from for example {@code preference@1}
     * @throws Failure when one of them is no sealed version, or they are of two datasets
     */
    public static void difference(DatasetTopics topics, String from, String to, PrintWriter out) {
        VersionName first = VersionName.of(from);
        VersionName second = VersionName.of(to);
        if (!first.dataset().equals(second.dataset())) {
            throw new Failure(from + " and " + to + ": two datasets (expected: two versions of one)");
        }
        DatasetVersion before = first.find(topics);
        DatasetVersion after = second.find(topics);
        try (TemporaryDirectory work = TemporaryDirectory.create();
                SortedStore store = new SortedStore(work.path().resolve("rows"))) {
            new Difference(before, after, store, out).print(topics);
        }
    }

    /**
     * Where a row comes from.
     *
     * @throws Failure when there never was such a row
     */
    public static String lineage(RowHistory topics, String rowId) {
        return Lineage.of(topics, rowId).text();
    }
}
