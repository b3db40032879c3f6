package dev.heed.serde;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Values of state stores, in Avro's single-object encoding: two marker bytes, the writer schema's 8-byte fingerprint,
 * Avro binary. Past schemas come from the {@link SchemaBaseline}, so that a store never waits for a registry.
 * Thread-safe.
 */
public final class StoreCodec<T extends SpecificRecord> implements Serde<T> {
    private final String name;
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;
    private final Serializer<T> serializer = new StoredSerializer();
    private final Deserializer<T> deserializer = new StoredDeserializer();

    private StoreCodec(Class<T> type) {
        SpecificData model = GeneratedClasses.coding(type);
        Schema schema = model.getSchema(type);
        this.name = schema.getFullName();
        this.encoder = new BinaryMessageEncoder<>(model, schema);
        this.decoder = new BinaryMessageDecoder<>(model, schema, SchemaBaseline.of(name, type.getClassLoader()));
    }

    /** The codec of a generated class. */
    public static <T extends SpecificRecord> StoreCodec<T> of(Class<T> type) {
        return new StoreCodec<>(type);
    }

    /**
     * The bytes of a value.
     *
     * @throws SerializationException if a required field is missing
     */
    public byte[] encode(T value) {
        try {
            return encoder.encode(value).array();
        } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException broken) {
            Exception reason = GeneratedClasses.reason(value, broken);
            throw new SerializationException("cannot store " + name + ": " + reason.getMessage(), reason);
        }
    }

    /**
     * The value in these bytes, whichever bundled version wrote it.
     *
     * @throws UndecodableException if no bundled version did
     */
    public T decode(byte[] stored) {
        try {
            return decoder.decode(stored);
        } catch (IOException | RuntimeException broken) {
            throw new UndecodableException(
                    "cannot read a stored " + name + " of " + stored.length
                            + " bytes (expected: single-object encoding by a version under "
                            + SchemaBaseline.DIRECTORY + "/" + name + "): " + broken.getMessage(),
                    broken);
        }
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }

    private final class StoredSerializer implements Serializer<T> {
        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T value) {
            return value == null ? null : encode(value);
        }
    }

    private final class StoredDeserializer implements Deserializer<T> {
        @Override
        public @Nullable T deserialize(String topic, byte @Nullable [] stored) {
            return stored == null ? null : decode(stored);
        }
    }
}
