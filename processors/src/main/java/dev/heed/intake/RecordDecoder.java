package dev.heed.intake;

import dev.heed.intake.shape.Limits;
import dev.heed.serde.UndecodableException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of public records into events, or into the reason why not. */
public final class RecordDecoder {
    /** Characters of a reason, as a decoder's message may hold whole schemas. */
    private static final int MAX_REASON = 1_000;

    private final Deserializer<? extends SpecificRecord> deserializer;

    /**
     * @param deserializer throws {@link UndecodableException} when the bytes are at fault; whatever else it throws is
     *     not the record's fault and stops the task
     */
    public RecordDecoder(Deserializer<? extends SpecificRecord> deserializer) {
        this.deserializer = deserializer;
    }

    /** @param topic name of the topic the record stands in */
    public Decoded decode(PublicInput input, String topic, byte @Nullable [] value) {
        if (value == null) {
            return new Decoded.Undecodable("no_value", "value: none (expected: " + name(input.type()) + ")");
        }
        if (value.length > Limits.RECORD_BYTES) {
            return new Decoded.Undecodable(
                    "too_large", "value: " + value.length + " bytes (expected: at most " + Limits.RECORD_BYTES + ")");
        }
        try {
            SpecificRecord event = deserializer.deserialize(topic, value);
            return input.type().isInstance(event)
                    ? new Decoded.Event(event)
                    : new Decoded.Undecodable(
                            "wrong_type",
                            "value: " + (event == null ? "none" : name(event.getClass())) + " (expected: "
                                    + name(input.type()) + ")");
        } catch (UndecodableException e) {
            return new Decoded.Undecodable("undecodable", reason(e, input));
        }
    }

    private static String reason(UndecodableException e, PublicInput input) {
        String message = String.valueOf(e.getMessage());
        String found = message.length() <= MAX_REASON ? message : message.substring(0, MAX_REASON) + "…";
        return found.contains("(expected: ") ? found : found + " (expected: " + name(input.type()) + ")";
    }

    private static String name(Class<?> type) {
        return type.getName();
    }
}
