package dev.heed.serde;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Reads the records of one writer schema into one generated class. */
final class RecordReader<T extends SpecificRecord> {
    private final String what;
    private final SpecificDatumReader<T> reader;

    private RecordReader(String what, SpecificDatumReader<T> reader) {
        this.what = what;
        this.reader = reader;
    }

    /**
     * @param type the class to read into; without it the class that the writer's schema names
     * @throws UndecodableException if there is no such class
     */
    static <T extends SpecificRecord> RecordReader<T> of(
            int id, Schema writer, Optional<Class<? extends SpecificRecord>> type) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UndecodableException(
                    "schema id " + id + " is of type " + writer.getType().getName() + " (expected: a record)");
        }
        Class<? extends SpecificRecord> target = type.orElseGet(() -> named(id, writer.getFullName()));
        SpecificData model = GeneratedClasses.coding(target);
        Schema own = model.getSchema(target);
        return new RecordReader<>(
                "schema id " + id + " (" + writer.getFullName() + ") as " + own.getFullName(),
                new SpecificDatumReader<>(writer, own, model));
    }

    private static Class<? extends SpecificRecord> named(int id, String name) {
        try {
            Class<?> found = Class.forName(name, false, loader());
            if (SpecificRecord.class.isAssignableFrom(found)) {
                return found.asSubclass(SpecificRecord.class);
            }
            throw new UndecodableException(
                    "schema id " + id + " names " + name + " (expected: a class generated from an Avro record)");
        } catch (ClassNotFoundException unknown) {
            throw new UndecodableException(
                    "schema id " + id + " names " + name + " (expected: a class on the class path)", unknown);
        }
    }

    private static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread != null ? ofThread : RecordReader.class.getClassLoader();
    }

    T read(byte[] record) {
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(record, WireFormat.HEADER_BYTES, record.length - WireFormat.HEADER_BYTES, null);
        try {
            T decoded = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException("cannot read " + what + ": bytes are left over after the record");
            }
            return decoded;
        } catch (UndecodableException known) {
            throw known;
        } catch (IOException | RuntimeException broken) {
            throw new UndecodableException("cannot read " + what + ": " + reason(broken), broken);
        }
    }

    private static String reason(Exception broken) {
        String message = broken.getMessage();
        return broken.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
