package dev.heed.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/** The names by which people and topics know datasets. */
@NullMarked
public final class DatasetNames {
    private DatasetNames() {}

    /** For example {@code preference}. */
    public static String of(Dataset dataset) {
        return dataset.name().toLowerCase(Locale.ROOT);
    }

    /** The dataset of a name, if there is one. */
    public static Optional<Dataset> find(String name) {
        for (Dataset dataset : Dataset.values()) {
            if (dataset != Dataset.UNKNOWN && of(dataset).equals(name)) {
                return Optional.of(dataset);
            }
        }
        return Optional.empty();
    }

    /** The name of a version, for example {@code preference@3}. */
    public static String version(String dataset, int version) {
        return dataset + "@" + version;
    }

    /** All names, for people. */
    public static String all() {
        List<String> names = new ArrayList<>();
        for (Dataset dataset : Dataset.values()) {
            if (dataset != Dataset.UNKNOWN) {
                names.add(of(dataset));
            }
        }
        return String.join(", ", names);
    }
}
