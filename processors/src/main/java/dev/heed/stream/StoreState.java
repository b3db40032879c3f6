package dev.heed.stream;

import dev.heed.core.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A stage's state in a store: UTF-8 keys, values in Avro's single-object encoding. Keeps the records used last
 * decoded, so it must be made anew with its task: after an aborted transaction the store is rolled back and the
 * decoded records would not be.
 */
public final class StoreState implements State {
    /** Most decoded records kept, of the size of one aggregate each. */
    static final int MAX_DECODED = 1_000;

    private static final byte[] NEXT_KEY = {0};

    private final KeyValueStore<Bytes, byte[]> store;
    private final StoreCodecs codecs = new StoreCodecs();
    private final Map<String, Found> decoded = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > MAX_DECODED;
        }
    };

    /** What is known to be at a key: a record, or nothing. */
    private record Found(@Nullable SpecificRecord value) {}

    public StoreState(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public <T extends SpecificRecord> @Nullable T get(String key, Class<T> type) {
        Found found = decoded.get(key);
        if (found == null) {
            byte[] bytes = store.get(utf8(key));
            found = new Found(bytes == null ? null : codecs.decode(type, bytes));
            decoded.put(key, found);
        }
        return type.cast(found.value());
    }

    @Override
    public void put(String key, SpecificRecord value) {
        store.put(utf8(key), codecs.encode(value));
        decoded.put(key, new Found(value));
    }

    @Override
    public void delete(String key) {
        store.delete(utf8(key));
        decoded.put(key, new Found(null));
    }

    @Override
    public <T extends SpecificRecord> List<Entry<T>> withPrefix(String prefix, Class<T> type, int limit) {
        return walk(utf8(prefix), prefix, type, limit);
    }

    @Override
    public <T extends SpecificRecord> List<Entry<T>> withPrefixAfter(
            String prefix, String afterKey, Class<T> type, int limit) {
        Bytes first = utf8(prefix);
        Bytes next = Bytes.wrap(concat(afterKey.getBytes(StandardCharsets.UTF_8), NEXT_KEY));
        return walk(next.compareTo(first) > 0 ? next : first, prefix, type, limit);
    }

    private <T extends SpecificRecord> List<Entry<T>> walk(Bytes from, String prefix, Class<T> type, int limit) {
        List<Entry<T>> entries = new ArrayList<>();
        if (limit <= 0) {
            return entries;
        }
        Bytes to = prefix.isEmpty() ? null : Bytes.increment(utf8(prefix));
        if (to != null && from.compareTo(to) >= 0) {
            return entries;
        }
        try (KeyValueIterator<Bytes, byte[]> iterator = store.range(from, to)) {
            while (entries.size() < limit && iterator.hasNext()) {
                KeyValue<Bytes, byte[]> next = iterator.next();
                String key = new String(next.key.get(), StandardCharsets.UTF_8);
                if (!key.startsWith(prefix)) {
                    break;
                }
                Found found = decoded.get(key);
                SpecificRecord value =
                        found == null || found.value() == null ? codecs.decode(type, next.value) : found.value();
                entries.add(new Entry<>(key, type.cast(value)));
            }
        }
        return entries;
    }

    private static Bytes utf8(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] concat(byte[] left, byte[] right) {
        byte[] both = new byte[left.length + right.length];
        System.arraycopy(left, 0, both, 0, left.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
