package dev.heed.core;

import org.apache.avro.specific.SpecificRecord;

/** One partition's state, as {@code apply} changes it. A record given to {@link #put} is never changed afterwards. */
public interface State extends StateReader {
    void put(String key, SpecificRecord value);

    void delete(String key);
}
