package dev.heed.runner.dataset;

import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The committed records that versions are made of, from their beginning to what is their end now. */
public interface DatasetTopics {
    void versions(Consumer<DatasetVersion> reader);

    /** Each delta with its partition, those of one partition in their order. */
    void deltas(BiConsumer<Integer, Delta> reader);

    /** The texts that can still be read, of those with these keys, opened. */
    Map<String, byte[]> texts(Set<String> wanted);

    void judgments(Consumer<Judgment> reader);
}
