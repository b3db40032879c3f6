package dev.heed.subjects.fanout;

import dev.heed.core.Keys;
import dev.heed.core.StateReader;
import dev.heed.state.IndexedInteraction;
import dev.heed.subjects.SubjectKeys;
import java.util.List;

/** Walks the index of a subject's interactions. */
final class Index {
    private Index() {}

    /** An interaction and the consent epoch it was registered under. */
    record Interaction(String interactionId, long epoch) {}

    /** At most so many interactions after one, or from the first when that is empty. */
    static List<Interaction> after(StateReader state, String subject, String interactionId, int limit) {
        String prefix = SubjectKeys.interactions(subject);
        List<StateReader.Entry<IndexedInteraction>> entries = interactionId.isEmpty()
                ? state.withPrefix(prefix, IndexedInteraction.class, limit)
                : state.withPrefixAfter(
                        prefix, SubjectKeys.interaction(subject, interactionId), IndexedInteraction.class, limit);
        return entries.stream()
                .map(entry -> new Interaction(
                        Keys.lastPart(entry.key()), entry.value().getEpoch()))
                .toList();
    }
}
