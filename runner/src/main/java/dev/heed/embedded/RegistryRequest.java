package dev.heed.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.heed.registry.RegistryError;
import dev.heed.registry.SchemaCatalog;
import dev.heed.registry.SchemaText;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One request to the registry.
 *
 * @param path decoded segments of the path
 * @param query decoded parameters; of several with one name the last
 * @param body the JSON body, or a missing node
 */
record RegistryRequest(String method, List<String> path, Map<String, String> query, JsonNode body) {
    /** The largest schema is far smaller than the largest record of the topic it is kept in. */
    private static final int MAX_BODY_BYTES = 900_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    static RegistryRequest of(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw RegistryError.TOO_LARGE.because("request body is larger than " + MAX_BODY_BYTES + " bytes");
        }
        return new RegistryRequest(
                exchange.getRequestMethod(),
                path(exchange.getRequestURI().getRawPath()),
                query(exchange.getRequestURI().getRawQuery()),
                json(body));
    }

    private static List<String> path(String raw) {
        return Arrays.stream(raw.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                // A plus sign stands for itself in a path, unlike in a form.
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw RegistryError.MALFORMED_REQUEST.because("'" + text + "' is not percent-encoded text");
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return body.length == 0 ? JSON.missingNode() : JSON.readTree(body);
        } catch (JsonProcessingException broken) {
            throw RegistryError.MALFORMED_REQUEST.because("request body is not JSON: " + broken.getOriginalMessage());
        }
    }

    String segment(int index) {
        return path.get(index);
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(query.getOrDefault(name, "false"));
    }

    /** The version number, or {@link SchemaCatalog#LATEST}, in a segment of the path. */
    int version(int index) {
        String text = segment(index);
        if (text.equals("latest") || text.equals("-1")) {
            return SchemaCatalog.LATEST;
        }
        int version = number(text);
        if (version < 1) {
            throw RegistryError.INVALID_VERSION.because("The specified version '" + text
                    + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
        }
        return version;
    }

    int id(int index) {
        int id = number(segment(index));
        if (id < 1) {
            throw RegistryError.SCHEMA_NOT_FOUND.because("Schema " + segment(index) + " not found");
        }
        return id;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** The schema offered in the body. */
    Schema schema() {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryError.INVALID_SCHEMA.because("Invalid schema type " + type + ", valid types are [AVRO]");
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryError.INVALID_SCHEMA.because(
                    "Schema references are not supported here: register a self-contained schema");
        }
        String text = body.path("schema").asText();
        if (text.isBlank()) {
            throw RegistryError.INVALID_SCHEMA.because("Empty schema");
        }
        return SchemaText.offered(text);
    }
}
