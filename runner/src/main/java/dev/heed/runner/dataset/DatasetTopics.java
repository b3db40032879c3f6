package dev.heed.runner.dataset;

import dev.heed.out.Content;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The committed records that versions are made of, from their beginning to what is their end now. */
public interface DatasetTopics {
    void versions(Consumer<DatasetVersion> reader);

    /** Each delta with its partition, those of one partition in their order. */
    void deltas(BiConsumer<Integer, Delta> reader);

    /** Each text by its key; null for one that was erased. */
    void contents(BiConsumer<String, @Nullable Content> reader);

    void judgments(Consumer<Judgment> reader);
}
