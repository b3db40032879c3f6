package dev.heed.intake.shape;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The shape of one sort of public event. */
interface Shape<T extends SpecificRecord> {
    /** What the event has in common with all others, or null when it says too little for that. */
    @Nullable Head head(T event);

    /** Lists what is wrong with the event alone, without its record, time and the state of the loop. */
    void check(T event, Problems problems);
}
