package dev.heed.stream;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes the value of a {@link Routed} record and drops the rest. Thread-safe if its serializer is. */
public final class RoutedSerializer implements Serializer<Routed> {
    private final Serializer<SpecificRecord> values;

    /** @param values writes the records themselves; shared, and so not closed here */
    public RoutedSerializer(Serializer<SpecificRecord> values) {
        this.values = values;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Routed routed) {
        return value(routed) == null ? null : values.serialize(topic, value(routed));
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Routed routed) {
        return value(routed) == null ? null : values.serialize(topic, headers, value(routed));
    }

    private static @Nullable SpecificRecord value(@Nullable Routed routed) {
        return routed == null ? null : routed.outgoing().value();
    }
}
