package dev.heed.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A state in memory, in the key order of the persistent one. For replay, simulation and tests. */
public final class MemoryState implements State {
    private final NavigableMap<String, SpecificRecord> entries = new TreeMap<>(BY_CODE_POINT);
    // To find one entry, without a walk through the order.
    private final Map<String, SpecificRecord> byKey = new HashMap<>();

    /** The order of UTF-8 bytes is the order of code points, which {@link String#compareTo} is not. */
    private static final Comparator<String> BY_CODE_POINT = MemoryState::compareCodePoints;

    private static int compareCodePoints(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                return Integer.compare(rank(left), rank(right));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Surrogates stand for the highest code points, although other characters have higher numbers. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
    }

    @Override
    public <T extends SpecificRecord> @Nullable T get(String key, Class<T> type) {
        SpecificRecord value = byKey.get(key);
        return value == null ? null : type.cast(value);
    }

    @Override
    public <T extends SpecificRecord> List<Entry<T>> withPrefix(String prefix, Class<T> type, int limit) {
        return walk(entries.tailMap(prefix, true), prefix, type, limit);
    }

    @Override
    public <T extends SpecificRecord> List<Entry<T>> withPrefixAfter(
            String prefix, String afterKey, Class<T> type, int limit) {
        String from = compareCodePoints(afterKey, prefix) < 0 ? prefix : afterKey;
        return walk(entries.tailMap(from, !from.equals(afterKey)), prefix, type, limit);
    }

    private static <T extends SpecificRecord> List<Entry<T>> walk(
            NavigableMap<String, SpecificRecord> tail, String prefix, Class<T> type, int limit) {
        List<Entry<T>> found = new ArrayList<>();
        for (Map.Entry<String, SpecificRecord> entry : tail.entrySet()) {
            if (found.size() == limit || !entry.getKey().startsWith(prefix)) {
                break;
            }
            found.add(new Entry<>(entry.getKey(), type.cast(entry.getValue())));
        }
        return found;
    }

    @Override
    public void put(String key, SpecificRecord value) {
        entries.put(key, value);
        byKey.put(key, value);
    }

    @Override
    public void delete(String key) {
        entries.remove(key);
        byKey.remove(key);
    }

    /** All entries in order; for comparing two states. */
    public Map<String, SpecificRecord> entries() {
        return Collections.unmodifiableMap(entries);
    }
}
