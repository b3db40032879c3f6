package dev.heed.guarantee;

import dev.heed.fact.FactHeader;
import dev.heed.serde.AvroBytes;
import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it stands in a facts topic.
 *
 * @param offset its offset there
 * @param key the record's key
 * @param value the envelope, or null when its bytes cannot be decoded
 * @param avro its Avro binary as stored, without schema id, in the present schema
 */
public record StoredFact(
        long offset, @Nullable String key, @Nullable SpecificRecord value, byte[] avro) {
    /** A fact that was never bytes, as in a simulation. */
    public static StoredFact of(LogView.Logged logged) {
        SpecificRecord value = logged.value();
        return new StoredFact(logged.offset(), logged.key(), value, value == null ? new byte[0] : AvroBytes.of(value));
    }

    boolean is(String decidedKey, SpecificRecord decided) {
        return Objects.equals(key, decidedKey) && Arrays.equals(avro, AvroBytes.of(decided));
    }

    /** Offset of the journal record that the fact says it answers, or -1 when it cannot be decoded. */
    public long journalOffset() {
        return value == null
                ? -1
                : ((FactHeader) value.get(value.getSchema().getField("header").pos())).getJournalOffset();
    }

    /** For people. */
    String text() {
        return value == null ? "bytes that are no fact" : value + (key == null ? " without key" : "");
    }
}
