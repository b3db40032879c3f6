package dev.heed.intake;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.core.StateReader;
import dev.heed.event.Coordinates;
import dev.heed.intake.shape.Head;
import dev.heed.intake.shape.Limits;
import dev.heed.intake.shape.Problems;
import dev.heed.out.DeadLetter;
import dev.heed.text.ContentKeys;
import dev.heed.text.TextVault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes dead letters: nothing is lost, and nothing personal is in the letter itself. */
final class Refusals {
    /** Bytes of a record that is too large, kept to recognise it by. */
    static final int MAX_SAMPLE_BYTES = 65_536;

    /** Stands for the interaction of a record that names none. */
    private static final String UNKNOWN_OWNER = "unknown";

    private final SubjectNames names;
    private final TextVault vault;

    Refusals(SubjectNames names, TextVault vault) {
        this.names = names;
        this.vault = vault;
    }

    /** A letter about bytes that are no event: it holds them, unless nobody looked whether they are one. */
    List<Outgoing> undecodable(StateReader state, Delivery delivery, Decoded.Undecodable why, long nowMs) {
        byte[] value = delivery.value();
        if (value != null && value.length > Limits.RECORD_BYTES) {
            byte[] sample = Arrays.copyOf(value, MAX_SAMPLE_BYTES);
            return withContent(state, delivery, owner(state, delivery, null), sample, why.code(), why.reason(), nowMs);
        }
        ByteBuffer bytes = value == null ? null : ByteBuffer.wrap(value);
        return List.of(letter(state, delivery, why.code(), why.reason(), bytes, null, nowMs));
    }

    /** A letter about an event: its bytes may be somebody's text, so they go to contents. */
    List<Outgoing> event(
            StateReader state, Delivery delivery, @Nullable Head head, String code, String reason, long nowMs) {
        byte[] value = delivery.value();
        return withContent(
                state,
                delivery,
                owner(state, delivery, head),
                value == null ? new byte[0] : value,
                code,
                reason,
                nowMs);
    }

    /** A letter about what an erased subject did before the erasure: nothing of it is kept. */
    Outgoing erased(StateReader state, Delivery delivery, long nowMs) {
        String reason = "subject_id: erased since (expected: what came before an erasure is taken in before it)";
        return letter(state, delivery, "subject_erased", reason, null, null, nowMs);
    }

    private List<Outgoing> withContent(
            StateReader state, Delivery delivery, String owner, byte[] bytes, String code, String reason, long nowMs) {
        Coordinates at = delivery.source();
        String part = ContentKeys.refused(at.getTopic(), at.getPartition(), at.getOffset());
        List<Outgoing> all = new ArrayList<>(vault.keep(owner, part, TextVault.BYTES, bytes));
        all.add(letter(state, delivery, code, reason, null, ContentKeys.of(owner, part), nowMs));
        return all;
    }

    private Outgoing letter(
            StateReader state,
            Delivery delivery,
            String code,
            String reason,
            @Nullable ByteBuffer bytes,
            @Nullable String contentKey,
            long nowMs) {
        Coordinates at = delivery.source();
        DeadLetter letter =
                new DeadLetter(code, reason, Intake.STAGE, at, publicKey(state, delivery), bytes, contentKey, nowMs);
        String key = at.getTopic() + "-" + at.getPartition() + "-" + at.getOffset();
        return new Outgoing(Channel.DEAD_LETTERS, key, letter, Destination.BY_KEY);
    }

    private @Nullable String publicKey(StateReader state, Delivery delivery) {
        String key = delivery.key();
        if (key == null) {
            return null;
        }
        return delivery.input().hasPersonalKeys() ? names.of(state, key) : Problems.shown(key);
    }

    private String owner(StateReader state, Delivery delivery, @Nullable Head head) {
        String named = head != null && Problems.isId(head.key()) ? head.key() : delivery.key();
        if (named == null || !Problems.isId(named)) {
            return UNKNOWN_OWNER;
        }
        return delivery.input().hasPersonalKeys() ? names.of(state, named) : named;
    }
}
