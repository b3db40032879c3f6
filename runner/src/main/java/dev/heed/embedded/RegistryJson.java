package dev.heed.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.registry.RegisteredSchema;
import java.util.List;
import org.apache.avro.Schema;

/** How the registry's answers read as JSON. */
final class RegistryJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RegistryJson() {}

    static JsonNode compatible(boolean verbose, List<String> conflicts) {
        ObjectNode answer = JSON.createObjectNode().put("is_compatible", conflicts.isEmpty());
        if (verbose) {
            answer.set("messages", texts(conflicts));
        }
        return answer;
    }

    static JsonNode full(RegisteredSchema version) {
        return JSON.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema().toString());
    }

    static JsonNode tree(Schema schema) {
        try {
            return JSON.readTree(schema.toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Avro printed a schema that is not JSON: " + schema, impossible);
        }
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    static ArrayNode numbers(List<RegisteredSchema> versions) {
        ArrayNode array = JSON.createArrayNode();
        versions.forEach(one -> array.add(one.version()));
        return array;
    }
}
