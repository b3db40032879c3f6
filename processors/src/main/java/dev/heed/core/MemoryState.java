package dev.heed.core;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A state in memory, in the key order of the persistent one. For replay, simulation and tests. */
public final class MemoryState implements State {
    private final Map<String, SpecificRecord> byKey = new HashMap<>();
    // For walks alone: an entry that is read or overwritten is found without it.
    private final NavigableSet<String> order = new TreeSet<>(BY_CODE_POINT);

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
        return walk(order.tailSet(prefix, true), prefix, type, limit);
    }

    @Override
    public <T extends SpecificRecord> List<Entry<T>> withPrefixAfter(
            String prefix, String afterKey, Class<T> type, int limit) {
        String from = compareCodePoints(afterKey, prefix) < 0 ? prefix : afterKey;
        return walk(order.tailSet(from, !from.equals(afterKey)), prefix, type, limit);
    }

    private <T extends SpecificRecord> List<Entry<T>> walk(
            NavigableSet<String> tail, String prefix, Class<T> type, int limit) {
        List<Entry<T>> found = new ArrayList<>();
        for (String key : tail) {
            if (found.size() == limit || !key.startsWith(prefix)) {
                break;
            }
            found.add(new Entry<>(key, type.cast(Objects.requireNonNull(byKey.get(key)))));
        }
        return found;
    }

    @Override
    public void put(String key, SpecificRecord value) {
        if (byKey.put(key, value) == null) {
            order.add(key);
        }
    }

    @Override
    public void delete(String key) {
        if (byKey.remove(key) != null) {
            order.remove(key);
        }
    }

    /** All entries in order, to be read only; for comparing two states. */
    public Map<String, SpecificRecord> entries() {
        return new InOrder();
    }

    private final class InOrder extends AbstractMap<String, SpecificRecord> {
        @Override
        public Set<Map.Entry<String, SpecificRecord>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<String, SpecificRecord>> iterator() {
                    return order.stream()
                            .map(key -> Map.entry(key, Objects.requireNonNull(byKey.get(key))))
                            .iterator();
                }

                @Override
                public int size() {
                    return order.size();
                }
            };
        }

        @Override
        public boolean containsKey(Object key) {
            return byKey.containsKey(key);
        }

        @Override
        public @Nullable SpecificRecord get(Object key) {
            return byKey.get(key);
        }
    }
}
