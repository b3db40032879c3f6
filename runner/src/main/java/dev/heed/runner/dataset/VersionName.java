package dev.heed.runner.dataset;

import dev.heed.event.DatasetNames;
import dev.heed.out.DatasetVersion;
import dev.heed.runner.Failure;
import java.util.ArrayList;
import java.util.List;

/** A version as people name it, for example {@code preference@3}. */
record VersionName(String dataset, int version) {
    /**
     * Reads a name.
     *
     * @throws Failure when it is none
     */
    static VersionName of(String name) {
        int at = name.indexOf('@');
        String number = name.substring(at + 1);
        if (at < 1 || !number.matches("[1-9][0-9]{0,8}")) {
            throw new Failure(name + ": not a version (expected: NAME@VERSION, for example preference@1)");
        }
        return new VersionName(known(name.substring(0, at)), Integer.parseInt(number));
    }

    /**
     * The name of a dataset.
     *
     * @throws Failure when there is none of this name
     */
    static String known(String dataset) {
        if (DatasetNames.find(dataset).isEmpty()) {
            throw new Failure(dataset + ": no such dataset (expected: one of " + DatasetNames.all() + ")");
        }
        return dataset;
    }

    /**
     * The sealed version of this name.
     *
     * @throws Failure when it was never sealed
     */
    DatasetVersion find(DatasetTopics topics) {
        List<DatasetVersion> found = new ArrayList<>();
        int[] sealed = {0};
        topics.versions(each -> {
            if (each.getDataset().equals(dataset)) {
                sealed[0] = Math.max(sealed[0], each.getVersion());
                if (each.getVersion() == version) {
                    found.add(each);
                }
            }
        });
        if (found.isEmpty()) {
            String expected = sealed[0] == 0
                    ? "'heed dataset seal " + dataset + "' first; it has no version yet"
                    : "1 to " + sealed[0];
            throw new Failure(this + ": not sealed (expected: " + expected + ")");
        }
        return found.get(0);
    }

    @Override
    public String toString() {
        return DatasetNames.version(dataset, version);
    }
}
