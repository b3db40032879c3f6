package dev.heed.intake;

import org.apache.avro.specific.SpecificRecord;

/** What a record's bytes turned out to be. */
public sealed interface Decoded {
    /** A public event of the right class. */
    record Event(SpecificRecord value) implements Decoded {}

    /**
     * No such event.
     *
     * @param code stable, for machines
     * @param reason what was found and what was expected
     */
    record Undecodable(String code, String reason) implements Decoded {}
}
