package dev.heed.runner.tail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.core.Channel;
import dev.heed.json.JsonWriter;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.text.ContentKeys;
import dev.heed.text.KeyRing;
import dev.heed.text.KeySource;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens sealed texts for a person who has the key. Holds the wrapped keys of all texts in memory. */
final class OpenedTexts implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final TextVault vault;
    private final Map<String, ContentKey> keys = new HashMap<>();
    private final CommittedReader reader;

    OpenedTexts(Cluster cluster, KeySource source) {
        this.vault = new SealedTextVault(KeyRing.of(source));
        this.reader = new CommittedReader(
                cluster, "heed-tail-keys", List.of(Channel.CONTENT_KEYS), List.of(), (channel, record, value) -> {
                    if (value instanceof ContentKey key) {
                        keys.put(record.key(), key);
                    } else {
                        keys.remove(record.key());
                    }
                });
    }

    /** The record with its text in the place of the sealed bytes, or with none when its key is gone. */
    ObjectNode opened(Content content) {
        while (!reader.caughtUp()) {
            reader.poll(POLL);
        }
        byte[] text = vault.open(content, keys.get(ContentKeys.of(content.getInteractionId(), content.getPart())));
        ObjectNode node = JsonWriter.write(content);
        node.remove("bytes");
        node.put("text", text == null ? null : new String(text, StandardCharsets.UTF_8));
        return node;
    }

    @Override
    public void close() {
        reader.close();
    }
}
