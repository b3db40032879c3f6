package dev.heed.materializer;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.Erasure;
import dev.heed.state.DueText;
import dev.heed.state.PendingErasure;
import dev.heed.text.ContentKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Takes texts and their keys out of the topics that hold them: those of an interaction whose erasure was ordered, and the
 * copies of refused records when the letters that name them are gone. A text that comes after the order goes at once.
 */
final class Erasing {
    /** Most texts that go in the wake of one record; the rest go at heartbeats. */
    static final int MAX_PER_STEP = 512;

    /** How long the copy of a refused record is kept: as long as its dead letter. */
    static final long REFUSED_MS = Duration.ofDays(14).toMillis();

    /** The content keys whose texts went. */
    Set<String> order(State state, Erasure erasure, Outbox out) {
        state.put(erased(erasure.getInteractionId()), erasure);
        return erase(state, erasure.getInteractionId(), out);
    }

    /** What is due at this time, of what could not go before. */
    Set<String> goOn(State state, long nowMs, Outbox out) {
        Set<String> gone = new LinkedHashSet<>();
        for (StateReader.Entry<PendingErasure> pending :
                state.withPrefix(Keys.prefix("pending"), PendingErasure.class, 1)) {
            gone.addAll(erase(state, pending.value().getInteractionId(), out));
        }
        String now = due(nowMs, "");
        for (StateReader.Entry<DueText> due : state.withPrefix(Keys.prefix("due"), DueText.class, MAX_PER_STEP)) {
            if (due.key().compareTo(now) > 0) {
                break;
            }
            String contentKey = due.value().getContentKey();
            state.delete(due.key());
            take(state, Materializer.text(contentKey), Channel.CONTENTS, contentKey, out);
            take(state, Materializer.key(contentKey), Channel.CONTENT_KEYS, contentKey, out);
            gone.add(contentKey);
        }
        return gone;
    }

    private static Set<String> erase(State state, String interactionId, Outbox out) {
        Set<String> gone = new LinkedHashSet<>();
        List<String> keys = keysOf(state, "key", interactionId, ContentKey.class);
        keys.forEach(key -> take(state, Materializer.key(key), Channel.CONTENT_KEYS, key, out));
        List<String> texts = keysOf(state, "text", interactionId, Content.class);
        texts.forEach(key -> take(state, Materializer.text(key), Channel.CONTENTS, key, out));
        gone.addAll(keys);
        gone.addAll(texts);
        if (keys.size() < MAX_PER_STEP && texts.size() < MAX_PER_STEP) {
            state.delete(Keys.of("pending", interactionId));
        } else {
            state.put(Keys.of("pending", interactionId), new PendingErasure(interactionId));
        }
        return gone;
    }

    private static <T extends SpecificRecord> List<String> keysOf(
            State state, String what, String interactionId, Class<T> type) {
        List<String> keys = new ArrayList<>();
        String prefix = Keys.of(what, ContentKeys.of(interactionId, ""));
        state.withPrefix(prefix, type, MAX_PER_STEP).forEach(entry -> keys.add(Keys.lastPart(entry.key())));
        return keys;
    }

    private static void take(State state, String stateKey, Channel channel, String contentKey, Outbox out) {
        state.delete(stateKey);
        tombstone(channel, contentKey, out);
    }

    boolean isErased(State state, String contentKey) {
        return state.get(erased(Keys.owner(contentKey)), Erasure.class) != null;
    }

    /** Sends a text or key away that came after its erasure. */
    void refuse(Channel channel, String contentKey, Outbox out) {
        tombstone(channel, contentKey, out);
    }

    /** Remembers when the copy of a refused record goes. */
    void dueLater(State state, Content content, String contentKey, long writtenMs) {
        if (ContentKeys.isRefused(content.getPart())) {
            state.put(due(writtenMs + REFUSED_MS, contentKey), new DueText(contentKey));
        }
    }

    private static void tombstone(Channel channel, String contentKey, Outbox out) {
        out.send(new Outgoing(channel, contentKey, Keys.owner(contentKey), null, Destination.BY_KEY));
    }

    private static String erased(String interactionId) {
        return Keys.of("erased", interactionId);
    }

    private static String due(long dueMs, String contentKey) {
        return Keys.of("due", Keys.ascending(Math.max(0, dueMs)), contentKey);
    }
}
