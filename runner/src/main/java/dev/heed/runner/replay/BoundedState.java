package dev.heed.runner.replay;

import dev.heed.core.MemoryState;
import dev.heed.core.State;
import dev.heed.runner.Failure;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A state on the heap that says so when it outgrows what it was given, before the heap does. */
final class BoundedState implements State {
    private final String where;
    private final int most;
    private final MemoryState state = new MemoryState();

    BoundedState(String where, int most) {
        this.where = where;
        this.most = most;
    }

    @Override
    public <T extends SpecificRecord> @Nullable T get(String key, Class<T> type) {
        return state.get(key, type);
    }

    @Override
    public <T extends SpecificRecord> List<Entry<T>> withPrefix(String prefix, Class<T> type, int limit) {
        return state.withPrefix(prefix, type, limit);
    }

    @Override
    public <T extends SpecificRecord> List<Entry<T>> withPrefixAfter(
            String prefix, String afterKey, Class<T> type, int limit) {
        return state.withPrefixAfter(prefix, afterKey, type, limit);
    }

    @Override
    public void put(String key, SpecificRecord value) {
        state.put(key, value);
        if (state.entries().size() > most) {
            throw new Failure(where + ": the state has more than " + most
                    + " entries (expected: at most --max-entries; raise it, and Java's heap with it: some 1 kB each)");
        }
    }

    @Override
    public void delete(String key) {
        state.delete(key);
    }
}
