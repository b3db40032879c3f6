package dev.heed.items;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.state.Timer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is to happen at a time: an index of the state by due time, one per kind of timer. */
public final class Timers {
    private static final String INDEX = "due";
    // Parts of a key before its target: the index, the kind and the time.
    private static final int TARGET_FROM = 3;

    private Timers() {}

    /** Has the target come up once stage time reaches {@code dueMs}; 0 is never. */
    public static void set(State state, String kind, long dueMs, String... target) {
        if (dueMs > 0) {
            state.put(key(kind, dueMs, target), new Timer(dueMs, kind, target[0]));
        }
    }

    /** Takes back what was set for that time. */
    public static void clear(State state, String kind, long dueMs, String... target) {
        if (dueMs > 0) {
            state.delete(key(kind, dueMs, target));
        }
    }

    /** At most {@code limit} targets that are due, longest due first. */
    public static List<String[]> due(StateReader state, String kind, long nowMs, int limit) {
        List<String[]> due = new ArrayList<>();
        for (StateReader.Entry<Timer> entry : state.withPrefix(Keys.prefix(INDEX, kind), Timer.class, limit)) {
            if (entry.value().getDueMs() > nowMs) {
                break;
            }
            String[] parts = Keys.parts(entry.key());
            due.add(Arrays.copyOfRange(parts, TARGET_FROM, parts.length));
        }
        return due;
    }

    private static String key(String kind, long dueMs, String... target) {
        List<String> parts = new ArrayList<>(List.of(INDEX, kind, Keys.ascending(dueMs)));
        parts.addAll(List.of(target));
        return Keys.of(parts.toArray(String[]::new));
    }
}
