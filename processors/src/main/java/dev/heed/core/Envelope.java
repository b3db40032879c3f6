package dev.heed.core;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record with one optional field per type of event, exactly one of which is set. Unlike a union, it can gain a type
 * without breaking its readers.
 */
public final class Envelope {
    private final Schema schema;
    private final Class<?> type;
    private final Map<String, Integer> positionByType = new HashMap<>();
    private final int[] positions;

    /**
     * @param schema a record schema whose optional record fields have distinct types
     * @throws IllegalArgumentException when two fields have the same type
     */
    public Envelope(Schema schema) {
        this.schema = schema;
        this.type = SpecificData.get().getClass(schema);
        for (Schema.Field field : schema.getFields()) {
            Schema type = optionalRecord(field);
            if (type != null && positionByType.put(type.getFullName(), field.pos()) != null) {
                throw new IllegalArgumentException(schema.getFullName() + "." + field.name()
                        + ": a second field of type " + type.getFullName() + " (expected: one field per type)");
            }
        }
        this.positions =
                positionByType.values().stream().mapToInt(Integer::intValue).toArray();
    }

    private static @Nullable Schema optionalRecord(Schema.Field field) {
        if (field.schema().getType() != Schema.Type.UNION || field.name().equals("source")) {
            return null;
        }
        for (Schema branch : field.schema().getTypes()) {
            if (branch.getType() == Schema.Type.RECORD) {
                return branch;
            }
        }
        return null;
    }

    /**
     * The one thing the envelope holds.
     *
     * @throws NotUpgraded when nothing this code knows is set, so a newer writer must have written it
     */
    public SpecificRecord payload(SpecificRecord envelope) {
        SpecificRecord found = null;
        for (int position : positions) {
            Object value = envelope.get(position);
            if (value != null) {
                if (found != null) {
                    throw new IllegalStateException(
                            schema.getFullName() + ": two fields are set (expected: exactly one): " + envelope);
                }
                found = (SpecificRecord) value;
            }
        }
        if (found == null) {
            throw new NotUpgraded(
                    schema.getFullName() + " with no field this version knows: it was written by a newer version");
        }
        return found;
    }

    /** A new envelope around the payload. */
    public SpecificRecord wrap(SpecificRecord payload) {
        Integer position = positionByType.get(payload.getSchema().getFullName());
        if (position == null) {
            throw new IllegalArgumentException(
                    payload.getSchema().getFullName() + " has no place in " + schema.getFullName());
        }
        SpecificRecord envelope = (SpecificRecord) SpecificData.newInstance(type, schema);
        envelope.put(position, payload);
        return envelope;
    }
}
