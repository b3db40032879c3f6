package dev.heed.serde;

/**
 * Confluent's wire format: byte 0, the schema id in four bytes with the highest first, then Avro binary.
 */
public final class WireFormat {
    /** The first byte of every record. */
    public static final byte MAGIC = 0;

    /** Bytes before the Avro binary. */
    public static final int HEADER_BYTES = 5;

    private WireFormat() {}

    /**
     * The schema id in a record's header.
     *
     * @throws UndecodableException if the bytes are too short or start with another byte
     */
    public static int schemaId(byte[] record) {
        if (record.length < HEADER_BYTES) {
            throw new UndecodableException("found " + record.length + " bytes (expected: at least " + HEADER_BYTES
                    + ", 0x00 and a 4-byte schema id)");
        }
        if (record[0] != MAGIC) {
            throw new UndecodableException(String.format(
                    "found first byte 0x%02x%s (expected: 0x00, then a 4-byte schema id)",
                    record[0], record[0] == '{' ? ", which looks like JSON" : ""));
        }
        return (record[1] & 0xff) << 24 | (record[2] & 0xff) << 16 | (record[3] & 0xff) << 8 | (record[4] & 0xff);
    }

    /** The header of a record with this schema id. */
    public static byte[] header(int schemaId) {
        return new byte[] {
            MAGIC, (byte) (schemaId >>> 24), (byte) (schemaId >>> 16), (byte) (schemaId >>> 8), (byte) schemaId
        };
    }
}
