package dev.heed.versions.cuts;

import dev.heed.core.Keys;
import dev.heed.event.Dataset;

/** Where the collector keeps its state. */
final class SealKeys {
    private SealKeys() {}

    /** A {@link dev.heed.state.OpenSeal}. */
    static String open(Dataset dataset, long sequence) {
        return Keys.of("open", dataset.name(), Keys.ascending(sequence));
    }

    static String open() {
        return Keys.prefix("open");
    }

    /** A {@link dev.heed.state.CollectedCut}, in the order of the partitions. */
    static String cut(Dataset dataset, long sequence, int partition) {
        return Keys.of("cut", dataset.name(), Keys.ascending(sequence), Keys.ascending(partition));
    }

    static String cuts(Dataset dataset, long sequence) {
        return Keys.prefix("cut", dataset.name(), Keys.ascending(sequence));
    }

    /** A {@link dev.heed.state.LatestVersion}. */
    static String latest(Dataset dataset) {
        return Keys.of("latest", dataset.name());
    }

    static Dataset dataset(String openKey) {
        return Dataset.valueOf(Keys.parts(openKey)[1]);
    }

    static long sequence(String openKey) {
        return Long.parseLong(Keys.lastPart(openKey), 16);
    }
}
