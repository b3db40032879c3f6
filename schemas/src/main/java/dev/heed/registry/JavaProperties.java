package dev.heed.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Removes {@code avro.java.*} from a schema's JSON, and {@code {"type": "string"}} becomes {@code "string"}. */
final class JavaProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JavaProperties() {}

    static String strip(String schema) {
        try {
            return JSON.writeValueAsString(strip(JSON.readTree(schema)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Avro printed a schema that is not JSON: " + schema, impossible);
        }
    }

    private static JsonNode strip(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.createArrayNode();
            array.forEach(item -> copy.add(strip(item)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode copy = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equals("default")) {
                copy.set(field.getKey(), field.getValue());
            } else if (!field.getKey().startsWith("avro.java.")) {
                copy.set(field.getKey(), strip(field.getValue()));
            }
        }
        boolean onlyStringLeft = copy.size() == 1 && copy.size() < object.size() && copy.has("type");
        return onlyStringLeft ? copy.get("type") : copy;
    }
}
