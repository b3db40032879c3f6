package dev.heed.serde;

import dev.heed.registry.RegistryClient;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a serde was configured with, by the keys of Confluent's.
 *
 * @param autoRegister register a schema that the subject lacks, rather than only look it up
 * @param useLatest write with the subject's latest schema, whatever the record's own is
 * @param removeJavaProperties register schemas without {@code avro.java.string} and the like
 * @param type the class to read into; without it the class that the writer's schema names
 */
record SerdeSettings(
        RegistryClient registry,
        boolean isKey,
        boolean autoRegister,
        boolean useLatest,
        boolean removeJavaProperties,
        Optional<Class<? extends SpecificRecord>> type) {

    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String REMOVE_JAVA_PROPERTIES = "avro.remove.java.properties";
    static final String KEY_TYPE = "specific.avro.key.type";
    static final String VALUE_TYPE = "specific.avro.value.type";

    private static final ConfigDef KEYS = new ConfigDef()
            .define(AUTO_REGISTER, Type.BOOLEAN, true, Importance.MEDIUM, "Register schemas the subject lacks")
            .define(USE_LATEST, Type.BOOLEAN, false, Importance.LOW, "Write with the subject's latest schema")
            .define(REMOVE_JAVA_PROPERTIES, Type.BOOLEAN, true, Importance.LOW, "Leave avro.java.* out of schemas")
            .define(KEY_TYPE, Type.CLASS, null, Importance.LOW, "The class to read keys into")
            .define(VALUE_TYPE, Type.CLASS, null, Importance.LOW, "The class to read values into");

    static SerdeSettings of(RegistryClient registry, Map<String, ?> configs, boolean isKey) {
        AbstractConfig config = new AbstractConfig(KEYS, configs, false);
        boolean autoRegister = config.getBoolean(AUTO_REGISTER);
        boolean useLatest = config.getBoolean(USE_LATEST);
        if (autoRegister && useLatest) {
            throw new ConfigException(USE_LATEST, true, "expected " + AUTO_REGISTER + "=false beside it");
        }
        String typeKey = isKey ? KEY_TYPE : VALUE_TYPE;
        return new SerdeSettings(
                registry,
                isKey,
                autoRegister,
                useLatest,
                config.getBoolean(REMOVE_JAVA_PROPERTIES),
                type(typeKey, config.getClass(typeKey)));
    }

    private static Optional<Class<? extends SpecificRecord>> type(String key, @Nullable Class<?> type) {
        if (type == null) {
            return Optional.empty();
        }
        if (!SpecificRecord.class.isAssignableFrom(type)) {
            throw new ConfigException(key, type.getName(), "expected a class generated from an Avro record");
        }
        return Optional.of(type.asSubclass(SpecificRecord.class));
    }

    /** The subject of a topic's keys or values. */
    String subject(String topic) {
        return topic + (isKey ? "-key" : "-value");
    }
}
