package dev.heed.intake.shape;

import java.util.List;

/**
 * What all public events have, whatever their sort.
 *
 * @param eventId id of the event
 * @param keyField the field that the record's key repeats
 * @param keys what the record's key may be, the usual one first
 * @param personal true when the key names a person, and so is not shown
 * @param occurredAtMs when it happened by the producer's clock, milliseconds since the epoch
 */
public record Head(String eventId, String keyField, List<String> keys, boolean personal, long occurredAtMs) {
    public Head {
        keys = List.copyOf(keys);
    }

    /** The usual key of the record. */
    public String key() {
        return keys.get(0);
    }

    static Head of(String eventId, String keyField, String key, long occurredAtMs) {
        return new Head(eventId, keyField, List.of(key), false, occurredAtMs);
    }
}
