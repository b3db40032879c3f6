package dev.heed.runner.dataset;

import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.Delta;
import dev.heed.serde.StoreCodec;
import dev.heed.text.KeyRing;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The texts of rows on disk, sealed as they are in their topic and opened one at a time. Their data keys are wrapped anew,
 * under a key that this process holds in memory and nobody else has: what a killed process leaves cannot be opened, also
 * by who has the loop's key, so no erasure needs to know of it.
 */
final class StoredTexts {
    private static final StoreCodec<Content> CONTENTS = StoreCodec.of(Content.class);
    private static final StoreCodec<ContentKey> KEYS = StoreCodec.of(ContentKey.class);
    /** A text that is wanted and was not read yet. */
    private static final byte[] NOTHING = {};

    private final SortedStore.Table contents;
    private final SortedStore.Table keys;
    private final KeyRing ring = KeyRing.ofThisProcess();
    private final TextVault vault = new SealedTextVault(ring);

    StoredTexts(SortedStore store) {
        this.contents = store.table();
        this.keys = store.table();
    }

    /** Says that the row's texts are to be read. */
    void want(Delta row) {
        Stream.of(row.getPromptKey(), row.getChosenKey(), row.getRejectedKey(), row.getCritiqueKey())
                .filter(Objects::nonNull)
                .forEach(key -> contents.put(key, NOTHING));
    }

    /** Reads all texts that are wanted, and no other. */
    void read(DatasetTopics topics) {
        KeyRing given = topics.keyRing();
        topics.contentKeys((name, key) -> {
            if (key == null) {
                keys.remove(name);
            } else if (contents.has(name)) {
                keys.put(name, KEYS.encode(ring.wrap(given.unwrap(key, name), name)));
            }
        });
        topics.contents((name, content) -> {
            if (contents.has(name)) {
                contents.put(name, content == null ? NOTHING : CONTENTS.encode(content));
            }
        });
    }

    /** The text of a key that was wanted, or null when it can no longer be read. */
    byte @Nullable [] open(String name) {
        byte[] content = contents.get(name);
        byte[] key = keys.get(name);
        return content == null || content.length == 0 || key == null
                ? null
                : vault.open(CONTENTS.decode(content), KEYS.decode(key));
    }
}
