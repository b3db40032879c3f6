package dev.heed.core;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way out of a stage.
 *
 * @param key the record's key
 * @param partitionKey what decides its partition under {@link Destination#BY_KEY}; the key itself, but for text and
 *     training rows, which stay in the partition of their interaction
 * @param value null deletes the key from a compacted topic
 */
public record Outgoing(
        Channel channel,
        String key,
        String partitionKey,
        @Nullable SpecificRecord value,
        Destination destination) {
    public Outgoing(Channel channel, String key, @Nullable SpecificRecord value, Destination destination) {
        this(channel, key, key, value, destination);
    }

    /** To one partition by its number, from 0. */
    public static Outgoing exactly(Channel channel, int partition, String key, SpecificRecord value) {
        return new Outgoing(channel, key, String.valueOf(partition), value, Destination.EXACT_PARTITION);
    }
}
