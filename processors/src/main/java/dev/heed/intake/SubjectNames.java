package dev.heed.intake;

import dev.heed.core.Keys;
import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.out.ContentKey;
import dev.heed.out.PseudonymKey;
import dev.heed.pseudonym.KeyTree;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.pseudonym.Prefix;
import java.util.Objects;

/**
 * Names subjects. What this task has drawn for a subject goes before what the process has read, so that what a subject says
 * after an erasure is said by the new one.
 */
final class SubjectNames {
    /** First part of the keys of leaves in a task's store. */
    static final String LEAF = "subject-leaf";

    private final byte[] seed;
    private final KnownKeys known;

    SubjectNames(byte[] seed, KnownKeys known) {
        this.seed = seed.clone();
        this.known = known;
    }

    /** What stands for a subject everywhere behind intake. */
    String of(StateReader state, String subjectId) {
        long path = KeyTree.path(seed, subjectId);
        return known.pseudonym(path, subjectId, state.get(key(path), ContentKey.class));
    }

    /** Whether the subject was erased after what happened then, milliseconds since the epoch. */
    boolean isErased(String subjectId, long occurredAtMs) {
        return occurredAtMs < known.erasedAtMs(KeyTree.path(seed, subjectId));
    }

    /**
     * Gives a subject another name from now on, of which nothing follows for the old one; the record tells all others.
     *
     * @param erasedAtMs what the subject did before is erased, milliseconds since the epoch
     */
    Outgoing renew(State state, String subjectId, long erasedAtMs) {
        long path = KeyTree.path(seed, subjectId);
        Outgoing leaf = known.drawn(path, erasedAtMs);
        PseudonymKey value = (PseudonymKey) Objects.requireNonNull(leaf.value());
        state.put(key(path), value.getNode());
        return leaf;
    }

    private static String key(long path) {
        return Keys.of(LEAF, Prefix.drawn(path).text());
    }
}
