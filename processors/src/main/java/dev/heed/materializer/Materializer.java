package dev.heed.materializer;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.core.StateReader.Entry;
import dev.heed.event.Dataset;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.Delta;
import dev.heed.out.Erasure;
import dev.heed.state.Heartbeat;
import dev.heed.state.MaterializedRow;
import dev.heed.text.TextVault;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each dataset topic equal to a function of two things: the last delta of a row, and the texts it names with
 * their keys. In
 * whatever order they come, the topic ends the same.
 */
public final class Materializer {
    /** Most rows that can name one text: every question of an item in every dataset, with room to spare. */
    static final int MAX_ROWS_PER_TEXT = 1_024;

    /** Key of a deletion that only makes a topic of text be compacted. */
    public static final String HEARTBEAT = "heartbeat";

    private final TextVault vault;
    private final Erasing erasing = new Erasing();

    public Materializer(TextVault vault) {
        this.vault = vault;
    }

    /** Takes a delta in; one that is not newer than what is held changes nothing. */
    public void onDelta(State state, Delta delta, Outbox out) {
        MaterializedRow held = row(state, delta.getRowId());
        if (held != null && held.getDelta().getRevision() >= delta.getRevision()) {
            return;
        }
        boolean written = held != null && held.getWritten();
        if (held != null) {
            texts(held.getDelta()).forEach(text -> state.delete(use(text, delta.getRowId())));
        }
        texts(delta).forEach(text -> state.put(use(text, delta.getRowId()), delta));
        refresh(state, delta, written, out);
    }

    /** Takes an order in to erase all texts of an interaction, those to come as well. */
    public void onErasure(State state, Erasure erasure, Outbox out) {
        erasing.order(state, erasure, out).forEach(contentKey -> refreshUses(state, contentKey, out));
    }

    /**
     * Lets time pass: what is due to be erased goes, and the topics of rows and the store are written to.
     *
     * @param nowMs time of the heartbeat, milliseconds since the epoch
     */
    public void onHeartbeat(State state, long nowMs, Outbox out) {
        state.put(Keys.of(HEARTBEAT), new Heartbeat(nowMs));
        erasing.goOn(state, nowMs, out).forEach(contentKey -> refreshUses(state, contentKey, out));
        for (Dataset dataset : Dataset.values()) {
            if (dataset != Dataset.UNKNOWN) {
                out.send(new Outgoing(channel(dataset), HEARTBEAT, null, Destination.OWN_PARTITION));
            }
        }
    }

    /**
     * Takes a text in, or its erasure.
     *
     * @param writtenMs when it was written, milliseconds since the epoch
     */
    public void onContent(State state, String contentKey, @Nullable Content content, long writtenMs, Outbox out) {
        if (content != null && erasing.isErased(state, contentKey)) {
            erasing.refuse(Channel.CONTENTS, contentKey, out);
        } else if (content == null) {
            state.delete(text(contentKey));
        } else {
            erasing.dueLater(state, content, contentKey, writtenMs);
            state.put(text(contentKey), content);
        }
        refreshUses(state, contentKey, out);
    }

    /** Takes the key of a text in, or its erasure. */
    public void onKey(State state, String contentKey, @Nullable ContentKey key, Outbox out) {
        if (key != null && erasing.isErased(state, contentKey)) {
            erasing.refuse(Channel.CONTENT_KEYS, contentKey, out);
        } else if (key == null) {
            state.delete(key(contentKey));
        } else {
            state.put(key(contentKey), key);
        }
        refreshUses(state, contentKey, out);
    }

    private void refreshUses(State state, String contentKey, Outbox out) {
        for (Entry<Delta> use : state.withPrefix(Keys.prefix("use", contentKey), Delta.class, MAX_ROWS_PER_TEXT)) {
            MaterializedRow row = Objects.requireNonNull(row(state, Keys.lastPart(use.key())));
            refresh(state, row.getDelta(), row.getWritten(), out);
        }
    }

    private void refresh(State state, Delta delta, boolean wasWritten, Outbox out) {
        SpecificRecord row = wanted(delta) ? RowWriter.row(delta, key -> opened(state, key)) : null;
        state.put(Keys.of("row", delta.getRowId()), new MaterializedRow(delta, row != null));
        if (row != null || wasWritten) {
            out.send(new Outgoing(
                    channel(delta.getDataset()), delta.getRowId(), delta.getInteractionId(), row, Destination.BY_KEY));
        }
    }

    /** Rows held out never reach a topic that trainers read. */
    private static boolean wanted(Delta delta) {
        return delta.getOp() != RowOp.RETRACT && delta.getSplit() == Split.TRAIN;
    }

    private static Channel channel(Dataset dataset) {
        return switch (dataset) {
            case PREFERENCE -> Channel.DATASET_PREFERENCE;
            case SFT -> Channel.DATASET_SFT;
            case BINARY -> Channel.DATASET_BINARY;
            case CRITIQUE -> Channel.DATASET_CRITIQUE;
            case GUARDRAIL -> Channel.DATASET_GUARDRAIL;
            case UNKNOWN -> throw new IllegalStateException("a delta of an unknown dataset");
        };
    }

    private static Stream<String> texts(Delta delta) {
        return Stream.of(delta.getPromptKey(), delta.getChosenKey(), delta.getRejectedKey(), delta.getCritiqueKey())
                .filter(Objects::nonNull)
                .distinct();
    }

    private static @Nullable MaterializedRow row(State state, String rowId) {
        return state.get(Keys.of("row", rowId), MaterializedRow.class);
    }

    private byte @Nullable [] opened(State state, String contentKey) {
        Content content = state.get(text(contentKey), Content.class);
        return content == null ? null : vault.open(content, state.get(key(contentKey), ContentKey.class));
    }

    static String key(String contentKey) {
        return Keys.of("key", contentKey);
    }

    static String text(String contentKey) {
        return Keys.of("text", contentKey);
    }

    private static String use(String contentKey, String rowId) {
        return Keys.of("use", contentKey, rowId);
    }
}
