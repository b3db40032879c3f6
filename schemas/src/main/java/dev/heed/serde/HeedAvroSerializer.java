package dev.heed.serde;

import dev.heed.registry.RegisteredSchema;
import dev.heed.registry.RegistryClient;
import dev.heed.registry.RegistryException;
import dev.heed.registry.SchemaCatalog;
import dev.heed.registry.SchemaText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated Avro records in the Confluent wire format, under subject {@code <topic>-value} or {@code -key}.
 * Thread-safe. The registry is asked once per topic and schema.
 */
public final class HeedAvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    private static final int INITIAL_BYTES = 512;

    private final Map<Target, Route<T>> routes = new ConcurrentHashMap<>();
    private volatile @Nullable SerdeSettings settings;

    private record Target(String topic, Schema schema) {}

    /** How records of one schema go to one topic. */
    private record Route<T>(
            byte[] header,
            SpecificDatumWriter<T> writer,
            @Nullable Projection projection) {}

    /** To be configured before use. */
    public HeedAvroSerializer() {}

    HeedAvroSerializer(SerdeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        this.settings = SerdeSettings.of(RegistryClient.open(configs), configs, isKey);
    }

    /**
     * The bytes of a record; null stays null.
     *
     * @throws SerializationException if the registry refuses the schema or the record lacks a required field
     * @throws dev.heed.registry.RegistryUnavailableException if the registry does not answer
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T record) {
        if (record == null) {
            return null;
        }
        Target target = new Target(topic, record.getSchema());
        Route<T> route = routes.get(target);
        if (route == null) {
            route = route(topic, record);
            routes.put(target, route);
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_BYTES);
            out.writeBytes(route.header());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            if (route.projection() == null) {
                route.writer().write(record, encoder);
            } else {
                route.projection().write(avro(route.writer(), record), encoder);
            }
            encoder.flush();
            return out.toByteArray();
        } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException broken) {
            Exception reason = GeneratedClasses.reason(record, broken);
            throw new SerializationException(
                    "topic " + topic + ": cannot write " + record.getSchema().getFullName() + ": "
                            + reason.getMessage(),
                    reason);
        }
    }

    private byte[] avro(SpecificDatumWriter<T> writer, T record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_BYTES);
        writer.write(record, EncoderFactory.get().directBinaryEncoder(out, null));
        return out.toByteArray();
    }

    private Route<T> route(String topic, T record) {
        SerdeSettings with = settings;
        if (with == null) {
            throw new IllegalStateException("serializer used before configure(), topic " + topic);
        }
        Schema own = record.getSchema();
        Schema offered = with.removeJavaProperties() ? SchemaText.withoutJavaProperties(own) : own;
        SpecificDatumWriter<T> writer = new SpecificDatumWriter<>(own, GeneratedClasses.coding(record.getClass()));
        String subject = with.subject(topic);
        try {
            if (with.useLatest()) {
                RegisteredSchema latest = with.registry().version(subject, SchemaCatalog.LATEST);
                return new Route<>(
                        WireFormat.header(latest.id()), writer, Projection.between(own, latest.schema(), subject));
            }
            int id = with.autoRegister()
                    ? with.registry().register(subject, offered)
                    : with.registry().lookup(subject, offered).id();
            return new Route<>(WireFormat.header(id), writer, null);
        } catch (RegistryException refused) {
            throw new SerializationException(
                    "topic " + topic + ": registry refused schema " + own.getFullName() + " under subject " + subject
                            + " (" + SerdeSettings.AUTO_REGISTER + "=" + with.autoRegister() + "): "
                            + refused.getMessage(),
                    refused);
        }
    }
}
