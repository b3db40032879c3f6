package dev.heed.core;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads one partition's state: an ordered map from text keys (see {@link Keys}) to Avro records. */
public interface StateReader {
    /** The record at the key, never to be changed by the caller, or null. */
    <T extends SpecificRecord> @Nullable T get(String key, Class<T> type);

    /** At most {@code limit} entries whose keys start with the prefix, in the order of their UTF-8 bytes. */
    <T extends SpecificRecord> List<Entry<T>> withPrefix(String prefix, Class<T> type, int limit);

    /**
     * At most {@code limit} entries that start with the prefix and whose key is greater than {@code afterKey}, in
     * order. The cursor of a bounded walk.
     */
    <T extends SpecificRecord> List<Entry<T>> withPrefixAfter(String prefix, String afterKey, Class<T> type, int limit);

    /** One entry of the state. */
    record Entry<T>(String key, T value) {}
}
