package dev.heed.guarantee;

import dev.heed.fact.FactHeader;
import dev.heed.serde.AvroBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it stands in a facts topic. Whoever compares bytes need not decode them, which costs more than the comparison:
 * what they say is read when it is asked for.
 */
public final class StoredFact {
    private final long offset;
    private final @Nullable String key;
    private final byte[] avro;
    private final Supplier<@Nullable SpecificRecord> decoding;

    /**
     * @param offset its offset there
     * @param key the record's key
     * @param avro its Avro binary as stored, without schema id, in the present schema; empty when it has none
     * @param decoding gives the envelope, or null when the bytes cannot be decoded
     */
    public StoredFact(long offset, @Nullable String key, byte[] avro, Supplier<@Nullable SpecificRecord> decoding) {
        this.offset = offset;
        this.key = key;
        this.avro = avro.clone();
        this.decoding = decoding;
    }

    /** A fact that was never bytes, as in a simulation. */
    public static StoredFact of(LogView.Logged logged) {
        SpecificRecord value = logged.value();
        return new StoredFact(
                logged.offset(), logged.key(), value == null ? new byte[0] : AvroBytes.of(value), () -> value);
    }

    /** Its offset in the facts topic. */
    public long offset() {
        return offset;
    }

    /** The record's key. */
    public @Nullable String key() {
        return key;
    }

    /** The envelope, or null when the bytes cannot be decoded; read anew each time. */
    public @Nullable SpecificRecord value() {
        return decoding.get();
    }

    boolean is(String decidedKey, SpecificRecord decided) {
        return Objects.equals(key, decidedKey) && Arrays.equals(avro, AvroBytes.of(decided));
    }

    /**
     * Offset of the journal record that the fact says it answers, or -1 when there are no bytes to say so. Every envelope
     * begins with its header, and a header with this.
     */
    long journalOffset() {
        try {
            return avro.length == 0
                    ? -1
                    : DecoderFactory.get().binaryDecoder(avro, null).readLong();
        } catch (IOException | RuntimeException broken) {
            return -1;
        }
    }

    /**
     * Whether it was decided on a record of its journal from this offset on; a fact that cannot be decoded was decided on
     * none.
     */
    public boolean isDecidedFrom(long journalEnd) {
        SpecificRecord value = journalOffset() < journalEnd ? null : value();
        return value != null
                && ((FactHeader) value.get(value.getSchema().getField("header").pos())).getJournalOffset()
                        >= journalEnd;
    }

    /** For people. */
    String text() {
        SpecificRecord value = value();
        return value == null ? "bytes that are no fact" : value + (key == null ? " without key" : "");
    }
}
