package dev.heed.queues;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.state.Timer;
import java.util.List;

/** What falls due when, kind by kind. A tick handles a bounded number of each; the next tick handles the rest. */
public final class DueIndex {
    /** Most timers of one kind that one tick handles. */
    public static final int MAX_PER_TICK = 256;

    private DueIndex() {}

    /** A timer that went off. */
    public record Due(String pool, String target) {}

    public static void set(State state, String kind, long dueMs, String pool, String target) {
        state.put(QueueKeys.due(kind, dueMs, pool, target), new Timer(dueMs, kind, target));
    }

    public static void clear(State state, String kind, long dueMs, String pool, String target) {
        state.delete(QueueKeys.due(kind, dueMs, pool, target));
    }

    /** Timers of the kind that are due by now, the earliest first, at most {@link #MAX_PER_TICK}. */
    public static List<Due> due(StateReader state, String kind, long nowMs) {
        return state.withPrefix(QueueKeys.dues(kind), Timer.class, MAX_PER_TICK).stream()
                .filter(entry -> entry.value().getDueMs() <= nowMs)
                .map(entry -> new Due(Keys.parts(entry.key())[3], entry.value().getTarget()))
                .toList();
    }
}
