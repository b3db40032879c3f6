package dev.heed.core;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** What all events have in common. */
public final class Events {
    private Events() {}

    /** The event's id, or the empty string for an event between stages. */
    public static String id(SpecificRecord event) {
        Schema.Field field = event.getSchema().getField("event_id");
        return field == null ? "" : String.valueOf(event.get(field.pos()));
    }

    /** The event's type, as its schema names it. */
    public static String type(SpecificRecord event) {
        return event.getSchema().getName();
    }
}
