package dev.heed.runner.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** A schema that records were written with and that writes other bytes than the present one. */
final class OlderSchema {
    // Both are made once: to resolve a schema takes longer than to read hundreds of records.
    private final GenericDatumReader<Object> reader;
    private final GenericDatumWriter<Object> writer;

    private OlderSchema(Schema schema) {
        this.reader = new GenericDatumReader<>(schema);
        this.writer = new GenericDatumWriter<>(schema);
    }

    /**
     * Empty where both write the same bytes. What a schema says beyond its canonical form, such as documentation or the
     * Java class of a string, has no part in them.
     */
    static Optional<OlderSchema> of(Schema writer, Schema present) {
        boolean same = SchemaNormalization.toParsingForm(writer).equals(SchemaNormalization.toParsingForm(present));
        return same ? Optional.empty() : Optional.of(new OlderSchema(writer));
    }

    /** The bytes that this schema writes for what was read by it; none where nothing can be read. */
    byte[] again(byte[] binary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            writer.write(reader.read(null, DecoderFactory.get().binaryDecoder(binary, null)), encoder);
            encoder.flush();
        } catch (IOException broken) {
            return new byte[0];
        }
        return out.toByteArray();
    }
}
