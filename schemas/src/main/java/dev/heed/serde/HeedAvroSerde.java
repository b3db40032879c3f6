package dev.heed.serde;

import dev.heed.registry.RegistryClient;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Generated Avro records in the Confluent wire format. One instance serves all threads: {@link #serializer} and
 * {@link #deserializer} return the same instance every time. Closing changes nothing, so that a producer that closes its
 * serializer does not take it away from the others.
 */
public final class HeedAvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final HeedAvroSerializer<T> serializer;
    private final HeedAvroDeserializer<T> deserializer;

    /** To be configured before use. */
    public HeedAvroSerde() {
        this.serializer = new HeedAvroSerializer<>();
        this.deserializer = new HeedAvroDeserializer<>();
    }

    /** For values, with this registry and the defaults of all settings. */
    public HeedAvroSerde(RegistryClient registry) {
        SerdeSettings settings = SerdeSettings.of(registry, Map.of(), false);
        this.serializer = new HeedAvroSerializer<>(settings);
        this.deserializer = new HeedAvroDeserializer<>(settings);
    }

    /**
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        serializer.configure(configs, isKey);
        deserializer.configure(configs, isKey);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
