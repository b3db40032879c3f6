package dev.heed.serde;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a record from its own schema to another version. Writing it with the other schema directly would go by field
 * position and so put values into the wrong fields.
 */
final class Projection {
    private final GenericDatumReader<Object> reader;
    private final GenericDatumWriter<Object> writer;

    private Projection(Schema from, Schema to) {
        this.reader = new GenericDatumReader<>(from, to);
        this.writer = new GenericDatumWriter<>(to);
    }

    /**
     * The rewriting that records need, or null where both schemas write the same bytes.
     *
     * @throws SerializationException if {@code to} cannot read what {@code from} writes
     */
    static @Nullable Projection between(Schema from, Schema to, String subject) {
        if (canonical(from).equals(canonical(to))) {
            return null;
        }
        List<Incompatibility> conflicts = SchemaCompatibility.checkReaderWriterCompatibility(to, from)
                .getResult()
                .getIncompatibilities();
        if (!conflicts.isEmpty()) {
            throw new SerializationException("latest schema of subject " + subject + " cannot read what "
                    + from.getFullName() + " writes: " + conflicts);
        }
        return new Projection(from, to);
    }

    private static String canonical(Schema schema) {
        return SchemaNormalization.toParsingForm(schema);
    }

    void write(byte[] avro, Encoder to) throws IOException {
        writer.write(reader.read(null, DecoderFactory.get().binaryDecoder(avro, null)), to);
    }
}
