package dev.heed.intake;

import dev.heed.core.Keys;
import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.out.PseudonymKey;
import dev.heed.pseudonym.KeyTree;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.pseudonym.Prefix;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names subjects, for one task. What it has drawn for a subject goes before what the process has read, so that what a subject
 * says after an erasure is said by the new one.
 */
final class SubjectNames {
    /** First part of the keys of leaves in a task's store. */
    static final String LEAF = "subject-leaf";

    private final byte[] seed;
    private final KnownKeys known;
    /** Whom the task asked about last, and their path: an event asks more than once about its subject. */
    private @Nullable String last;

    private long lastPath;

    SubjectNames(byte[] seed, KnownKeys known) {
        this.seed = seed.clone();
        this.known = known;
    }

    /** What stands for a subject everywhere behind intake. */
    String of(StateReader state, String subjectId) {
        long path = path(subjectId);
        PseudonymKey drawn = state.get(key(path), PseudonymKey.class);
        return known.pseudonym(path, subjectId, drawn == null ? null : drawn.getNode());
    }

    /** Whether the subject was erased after what happened then, milliseconds since the epoch. */
    boolean isErased(String subjectId, long occurredAtMs) {
        return known.isErasureAwaited() && occurredAtMs < known.erasedAtMs(path(subjectId));
    }

    /**
     * Gives a subject another name from now on, of which nothing follows for the old one; the record tells all others.
     *
     * @param erasedAtMs what the subject did before is erased, milliseconds since the epoch
     */
    Outgoing renew(State state, String subjectId, long erasedAtMs) {
        long path = path(subjectId);
        Outgoing leaf = known.drawn(path, erasedAtMs);
        state.put(key(path), Objects.requireNonNull(leaf.value()));
        return leaf;
    }

    private long path(String subjectId) {
        if (!subjectId.equals(last)) {
            lastPath = KeyTree.path(seed, subjectId);
            last = subjectId;
        }
        return lastPath;
    }

    private static String key(long path) {
        return Keys.of(LEAF, Prefix.drawn(path).text());
    }
}
