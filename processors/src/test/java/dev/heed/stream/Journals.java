package dev.heed.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;

/** Serializers that need no registry, for tests of the shell alone. */
final class Journals {
    private Journals() {}

    /** Driver settings, free of a warning about Kafka 5. */
    static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        return config;
    }

    static Serializer<SpecificRecord> serializer() {
        return (topic, value) -> {
            try {
                return new BinaryMessageEncoder<>(SpecificData.getForSchema(value.getSchema()), value.getSchema())
                        .encode(value)
                        .array();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    static Deserializer<SpecificRecord> deserializer(Schema schema) {
        return (topic, bytes) -> {
            try {
                return new BinaryMessageDecoder<SpecificRecord>(SpecificData.getForSchema(schema), schema)
                        .decode(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
