package dev.heed.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A client of a registry with Confluent's REST API. */
final class HttpRegistryClient implements RegistryClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryHttp http;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    HttpRegistryClient(RegistrySettings settings) {
        this.http = new RegistryHttp(settings);
    }

    @Override
    public int register(String subject, Schema schema) {
        return http.send("POST", "/subjects/" + segment(subject) + "/versions", body(schema))
                .path("id")
                .asInt();
    }

    @Override
    public RegisteredSchema lookup(String subject, Schema schema) {
        return registered(http.send("POST", "/subjects/" + segment(subject), body(schema)));
    }

    @Override
    public Schema schemaById(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        JsonNode answer = http.send("GET", "/schemas/ids/" + id, null);
        Schema schema = avro(answer, "schema " + id);
        schemas.put(id, schema);
        return schema;
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        String number = version == SchemaCatalog.LATEST ? "latest" : Integer.toString(version);
        return registered(http.send("GET", "/subjects/" + segment(subject) + "/versions/" + number, null));
    }

    @Override
    public List<String> subjects() {
        List<String> names = new ArrayList<>();
        http.send("GET", "/subjects", null).forEach(name -> names.add(name.asText()));
        return names;
    }

    @Override
    public List<Integer> versions(String subject) {
        List<Integer> versions = new ArrayList<>();
        http.send("GET", "/subjects/" + segment(subject) + "/versions", null)
                .forEach(version -> versions.add(version.asInt()));
        return versions;
    }

    @Override
    public List<String> conflicts(String subject, Schema schema) {
        String path = "/compatibility/subjects/" + segment(subject) + "/versions/latest?verbose=true";
        JsonNode answer = http.send("POST", path, body(schema));
        if (answer.path("is_compatible").asBoolean()) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        answer.path("messages").forEach(reason -> reasons.add(reason.asText()));
        return reasons.isEmpty() ? List.of("incompatible, no reason given") : reasons;
    }

    @Override
    public CompatibilityLevel level(@Nullable String subject) {
        String path = subject == null ? "/config" : "/config/" + segment(subject) + "?defaultToGlobal=true";
        return CompatibilityLevel.named(
                http.send("GET", path, null).path("compatibilityLevel").asText());
    }

    @Override
    public void setLevel(@Nullable String subject, CompatibilityLevel level) {
        String path = subject == null ? "/config" : "/config/" + segment(subject);
        http.send("PUT", path, JSON.createObjectNode().put("compatibility", level.name()));
    }

    private static ObjectNode body(Schema schema) {
        return JSON.createObjectNode().put("schema", schema.toString());
    }

    private static RegisteredSchema registered(JsonNode answer) {
        String subject = answer.path("subject").asText();
        int version = answer.path("version").asInt();
        return new RegisteredSchema(
                subject, version, answer.path("id").asInt(), avro(answer, subject + " version " + version));
    }

    private static Schema avro(JsonNode answer, String what) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryError.INVALID_SCHEMA.because(what + " is of type " + type + " (expected: AVRO)");
        }
        if (!answer.path("references").isEmpty()) {
            throw RegistryError.INVALID_SCHEMA.because(what + " has references (expected: a self-contained schema)");
        }
        return SchemaText.held(answer.path("schema").asText());
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
