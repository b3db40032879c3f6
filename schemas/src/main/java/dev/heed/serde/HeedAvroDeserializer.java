package dev.heed.serde;

import dev.heed.registry.RegistryClient;
import dev.heed.registry.RegistryError;
import dev.heed.registry.RegistryException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in the Confluent wire format into generated Avro classes: written with the schema of the id in the
 * record, read with the schema of the class. Thread-safe. The registry is asked once per id.
 */
public final class HeedAvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private final Map<Integer, RecordReader<T>> readers = new ConcurrentHashMap<>();
    private volatile @Nullable SerdeSettings settings;

    /** To be configured before use. */
    public HeedAvroDeserializer() {}

    HeedAvroDeserializer(SerdeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        this.settings = SerdeSettings.of(RegistryClient.open(configs), configs, isKey);
    }

    /**
     * The record in these bytes; null stays null.
     *
     * @throws UndecodableException if the bytes are at fault: no retry will help
     * @throws SerializationException if the registry refuses to answer
     * @throws dev.heed.registry.RegistryUnavailableException if the registry does not answer
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] record) {
        if (record == null) {
            return null;
        }
        try {
            int id = WireFormat.schemaId(record);
            RecordReader<T> reader = readers.get(id);
            if (reader == null) {
                reader = RecordReader.of(
                        id, writerSchema(topic, id), settings(topic).type());
                readers.put(id, reader);
            }
            return reader.read(record);
        } catch (UndecodableException undecodable) {
            throw new UndecodableException("topic " + topic + ": " + undecodable.getMessage(), undecodable);
        }
    }

    private Schema writerSchema(String topic, int id) {
        try {
            return settings(topic).registry().schemaById(id);
        } catch (RegistryException refused) {
            if (refused.is(RegistryError.SCHEMA_NOT_FOUND) || refused.is(RegistryError.INVALID_SCHEMA)) {
                throw new UndecodableException("schema id " + id + ": " + refused.getMessage(), refused);
            }
            throw new SerializationException(
                    "topic " + topic + ": registry refused to answer for schema id " + id + ": " + refused.getMessage(),
                    refused);
        }
    }

    private SerdeSettings settings(String topic) {
        SerdeSettings with = settings;
        if (with == null) {
            throw new IllegalStateException("deserializer used before configure(), topic " + topic);
        }
        return with;
    }
}
