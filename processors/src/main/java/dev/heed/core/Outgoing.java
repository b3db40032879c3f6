package dev.heed.core;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way out of a stage.
 *
 * @param value null deletes the key from a compacted topic
 */
public record Outgoing(
        Channel channel, String key, @Nullable SpecificRecord value, Destination destination) {}
