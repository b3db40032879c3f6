package dev.heed.registry;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry as its users see it. Implementations are thread-safe. Every method may throw
 * {@link RegistryException} if the registry refuses, and {@link RegistryUnavailableException} if it does not answer.
 */
public interface RegistryClient {
    /**
     * A client for {@code schema.registry.url}: one or more {@code http(s)} URLs, or {@code memory://scope} for a
     * registry inside this process.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    static RegistryClient open(Map<String, ?> configs) {
        RegistrySettings settings = RegistrySettings.of(configs);
        String first = settings.urls().get(0);
        return first.startsWith(MemoryRegistryClient.SCHEME)
                ? MemoryRegistryClient.of(first.substring(MemoryRegistryClient.SCHEME.length()))
                : new HttpRegistryClient(settings);
    }

    /**
     * Registers a schema under a subject, unless it has it already.
     *
     * @return the id of the schema
     */
    int register(String subject, Schema schema);

    /** The version of a subject that has this schema (40401 or 40403 if none has). */
    RegisteredSchema lookup(String subject, Schema schema);

    /** The schema with this id (40403 if there is none). Answers are remembered: an id never changes its meaning. */
    Schema schemaById(int id);

    /** One version of a subject, or {@link SchemaCatalog#LATEST} (40401 or 40402 if there is none). */
    RegisteredSchema version(String subject, int version);

    /** Names of all subjects. */
    List<String> subjects();

    /** The versions of a subject, oldest first (40401 if there are none). */
    List<Integer> versions(String subject);

    /** Why the schema could not follow the latest version of the subject; empty if it could. */
    List<String> conflicts(String subject, Schema schema);

    /** The level in force for a subject, or where it is null the one for all subjects without their own. */
    CompatibilityLevel level(@Nullable String subject);

    /** Sets the level of a subject, or where it is null of all subjects without their own. */
    void setLevel(@Nullable String subject, CompatibilityLevel level);
}
