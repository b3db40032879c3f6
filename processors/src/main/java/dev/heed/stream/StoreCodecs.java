package dev.heed.stream;

import dev.heed.serde.StoreCodec;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One store codec for each class that a store holds. For one task, so not thread-safe. */
final class StoreCodecs {
    private final Map<Class<?>, StoreCodec<?>> codecs = new HashMap<>();

    byte[] encode(SpecificRecord value) {
        return encode(value.getClass(), value);
    }

    private <T extends SpecificRecord> byte[] encode(Class<T> type, SpecificRecord value) {
        return of(type).encode(type.cast(value));
    }

    <T extends SpecificRecord> T decode(Class<T> type, byte[] stored) {
        return of(type).decode(stored);
    }

    @SuppressWarnings("unchecked") // a codec is only ever put under the class it was made of
    private <T extends SpecificRecord> StoreCodec<T> of(Class<T> type) {
        return (StoreCodec<T>) codecs.computeIfAbsent(type, any -> StoreCodec.of(type));
    }
}
