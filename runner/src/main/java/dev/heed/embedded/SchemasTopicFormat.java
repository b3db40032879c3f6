package dev.heed.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.registry.CatalogChange;
import dev.heed.registry.CatalogChange.IdsUsed;
import dev.heed.registry.CatalogChange.LevelSet;
import dev.heed.registry.CatalogChange.ModeSet;
import dev.heed.registry.CatalogChange.VersionRemoved;
import dev.heed.registry.CatalogChange.VersionWritten;
import dev.heed.registry.CompatibilityLevel;
import dev.heed.registry.RegisteredSchema;
import dev.heed.registry.RegistryMode;
import dev.heed.registry.SchemaText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of the {@code _schemas} topic, in the JSON that Confluent's registry keeps its own in. The field order is
 * part of the format: compaction compares keys byte by byte.
 */
final class SchemasTopicFormat {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemasTopicFormat() {}

    static byte[] key(CatalogChange change) {
        ObjectNode key = JSON.createObjectNode();
        if (change instanceof VersionWritten written) {
            schemaKey(key, written.version().subject(), written.version().version());
        } else if (change instanceof VersionRemoved removed) {
            schemaKey(key, removed.subject(), removed.version());
        } else if (change instanceof LevelSet set) {
            key.put("keytype", "CONFIG").put("subject", set.subject()).put("magic", 0);
        } else if (change instanceof ModeSet set) {
            key.put("keytype", "MODE").put("subject", set.subject()).put("magic", 0);
        } else {
            // Confluent's registry reads a NOOP and does nothing, whatever its value: room for what it does not know.
            key.put("keytype", "NOOP").put("magic", 0);
        }
        return bytes(key);
    }

    private static void schemaKey(ObjectNode key, String subject, int version) {
        key.put("keytype", "SCHEMA")
                .put("subject", subject)
                .put("version", version)
                .put("magic", 1);
    }

    static byte @Nullable [] value(CatalogChange change) {
        ObjectNode value = JSON.createObjectNode();
        if (change instanceof VersionWritten written) {
            RegisteredSchema version = written.version();
            value.put("subject", version.subject())
                    .put("version", version.version())
                    .put("id", version.id())
                    .put("schema", version.schema().toString())
                    .put("deleted", written.deleted());
        } else if (change instanceof LevelSet set && set.level() != null) {
            value.put("subject", set.subject())
                    .put("compatibilityLevel", set.level().name());
        } else if (change instanceof ModeSet set && set.mode() != null) {
            value.put("subject", set.subject()).put("mode", set.mode().name());
        } else if (change instanceof IdsUsed used) {
            value.put("highestId", used.highest());
        } else {
            return null;
        }
        return bytes(value);
    }

    /**
     * The change that a record stands for; empty for a kind that this registry does not keep.
     *
     * @throws IOException if it is not the expected JSON
     */
    static Optional<CatalogChange> change(byte[] keyBytes, byte @Nullable [] valueBytes) throws IOException {
        JsonNode key = JSON.readTree(keyBytes);
        JsonNode value = valueBytes == null ? JSON.missingNode() : JSON.readTree(valueBytes);
        JsonNode subject = key.path("subject");
        String named = subject.isTextual() ? subject.textValue() : null;
        return switch (key.path("keytype").asText()) {
            case "SCHEMA" ->
                Optional.of(version(subject.asText(), key.path("version").asInt(), value));
            case "CONFIG" ->
                Optional.of(new LevelSet(
                        named,
                        value.isObject()
                                ? CompatibilityLevel.named(
                                        value.path("compatibilityLevel").asText())
                                : null));
            case "MODE" ->
                Optional.of(new ModeSet(
                        named,
                        value.isObject() ? RegistryMode.named(value.path("mode").asText()) : null));
            case "NOOP" -> Optional.of(new IdsUsed(value.path("highestId").asInt(0)));
            default -> Optional.empty();
        };
    }

    private static CatalogChange version(String subject, int version, JsonNode value) {
        if (!value.isObject()) {
            return new VersionRemoved(subject, version);
        }
        RegisteredSchema schema = new RegisteredSchema(
                subject,
                version,
                value.path("id").asInt(),
                SchemaText.held(value.path("schema").asText()));
        return new VersionWritten(schema, value.path("deleted").asBoolean());
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
