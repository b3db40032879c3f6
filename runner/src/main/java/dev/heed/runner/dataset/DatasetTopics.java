package dev.heed.runner.dataset;

import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.text.KeyRing;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The committed records that versions are made of, from their beginning to what is their end now. */
public interface DatasetTopics {
    void versions(Consumer<DatasetVersion> reader);

    /** Each delta with its partition, those of one partition in their order. */
    void deltas(BiConsumer<Integer, Delta> reader);

    /** Each change of a sealed text, by its key and in its order; null where it was deleted. */
    void contents(BiConsumer<String, @Nullable Content> reader);

    /** Each change of a text's data key, by the key of the text and in its order; null where it was deleted. */
    void contentKeys(BiConsumer<String, @Nullable ContentKey> reader);

    /** What the data keys are wrapped under. */
    KeyRing keyRing();
}
