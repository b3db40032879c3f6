package dev.heed.simulator;

import dev.heed.core.Channel;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that the simulator publishes.
 *
 * @param value the event, or null where the bytes are no event at all
 * @param bytes used instead of the event when set
 * @param sort why it is published
 */
public record Publication(
        Channel channel, String key, @Nullable SpecificRecord value, byte @Nullable [] bytes, Sort sort) {

    /** Why a record is published. */
    public enum Sort {
        /** It happened. */
        EVENT,
        /** It is told a second time, byte for byte. */
        DUPLICATE,
        /** It is wrong on purpose. */
        POISON
    }

    public static Publication event(Channel channel, String key, SpecificRecord value) {
        return new Publication(channel, key, value, null, Sort.EVENT);
    }

    /** The same record, told again. */
    Publication again() {
        return new Publication(channel, key, value, bytes, Sort.DUPLICATE);
    }

    /** Sets when it happened, unless it is a repeat, or wrong on purpose. */
    public void happensAt(long nowMs) {
        if (sort != Sort.EVENT || value == null) {
            return;
        }
        SpecificRecord dated = value;
        Schema.Field field = dated.getSchema().getField("occurred_at_ms");
        if (field == null) {
            dated = inner(value);
            field = dated.getSchema().getField("occurred_at_ms");
        }
        dated.put(field.pos(), nowMs);
    }

    private static SpecificRecord inner(SpecificRecord envelope) {
        for (Schema.Field field : envelope.getSchema().getFields()) {
            if (envelope.get(field.pos()) instanceof SpecificRecord set) {
                return set;
            }
        }
        throw new IllegalStateException("an empty " + envelope.getSchema().getName());
    }
}
