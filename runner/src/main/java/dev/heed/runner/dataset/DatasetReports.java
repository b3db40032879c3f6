package dev.heed.runner.dataset;

import dev.heed.out.DatasetVersion;
import dev.heed.runner.Failure;

/** What can be told of versions, for a terminal. */
public final class DatasetReports {
    private DatasetReports() {}

    /**
     * The rows that came, changed and went from one version to another.
     *
     * @param from for example {@code preference@1}
     * @throws Failure when one of them is no sealed version, or they are of two datasets
     */
    public static String difference(DatasetTopics topics, String from, String to) {
        VersionName first = VersionName.of(from);
        VersionName second = VersionName.of(to);
        if (!first.dataset().equals(second.dataset())) {
            throw new Failure(from + " and " + to + ": two datasets (expected: two versions of one)");
        }
        DatasetVersion before = first.find(topics);
        return Difference.of(topics, before, second.find(topics)).text();
    }

    /**
     * Where a row comes from.
     *
     * @throws Failure when there never was such a row
     */
    public static String lineage(DatasetTopics topics, String rowId) {
        return Lineage.of(topics, rowId).text();
    }
}
