package dev.heed.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.embedded.StartException.Problem;
import dev.heed.registry.CompatibilityLevel;
import dev.heed.registry.RegistryClient;
import dev.heed.registry.RegistryException;
import dev.heed.registry.SchemaCatalog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The REST API byte by byte, over a catalogue in memory. */
class RegistryServerTest {
    private static final String ONE = "{\"schema\": \"{\\\"type\\\": \\\"int\\\"}\"}";
    private static final String OTHER = "{\"schema\": \"\\\"string\\\"\"}";

    private final SchemaCatalog catalog = new SchemaCatalog(CompatibilityLevel.FULL_TRANSITIVE);
    private final RegistryServer server =
            RegistryServer.start(0, new RegistryApi(catalog, changes -> changes.forEach(catalog::apply)));
    private final String url = "http://" + Loopback.address(server.port());
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void subjectsFromRegistrationToDeletion() throws Exception {
        assertAnswer("GET", "/", null, 200, "{}");
        assertAnswer("GET", "/subjects", null, 200, "[]");
        assertAnswer("POST", "/subjects/a%2Fb%20c/versions", ONE, 200, "{\"id\":1}");
        assertAnswer("POST", "/subjects/a%2Fb%20c/versions", ONE, 200, "{\"id\":1}");
        assertAnswer("POST", "/subjects/x/versions", ONE, 200, "{\"id\":1}");
        assertAnswer("GET", "/subjects", null, 200, "[\"a/b c\",\"x\"]");
        assertAnswer("GET", "/subjects?subjectPrefix=x", null, 200, "[\"x\"]");
        assertAnswer("GET", "/subjects/x/versions", null, 200, "[1]");
        String full = "{\"subject\":\"x\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\"}";
        assertAnswer("GET", "/subjects/x/versions/1", null, 200, full);
        assertAnswer("GET", "/subjects/x/versions/latest", null, 200, full);
        assertAnswer("GET", "/subjects/x/versions/-1", null, 200, full);
        assertAnswer("GET", "/subjects/x/versions/1/schema", null, 200, "\"int\"");
        assertAnswer("POST", "/subjects/x", ONE, 200, full);

        assertAnswer("DELETE", "/subjects/x/versions/1", null, 200, "1");
        assertAnswer("GET", "/subjects/x/versions", null, 404, error(40401, "Subject 'x' not found."));
        assertAnswer("GET", "/subjects/x/versions?deleted=true", null, 200, "[1]");
        assertAnswer("DELETE", "/subjects/x?permanent=true", null, 200, "[1]");
        assertAnswer("DELETE", "/subjects/a%2Fb%20c", null, 200, "[1]");
        assertAnswer("GET", "/subjects", null, 200, "[]");
    }

    @Test
    void schemasById() throws Exception {
        assertAnswer("POST", "/subjects/x/versions", ONE, 200, "{\"id\":1}");
        assertAnswer("POST", "/subjects/y/versions", ONE, 200, "{\"id\":1}");
        assertAnswer("GET", "/schemas/types", null, 200, "[\"AVRO\"]");
        assertAnswer("GET", "/schemas/ids/1?fetchMaxId=false&subject=", null, 200, "{\"schema\":\"\\\"int\\\"\"}");
        assertAnswer("GET", "/schemas/ids/1/schema", null, 200, "\"int\"");
        assertAnswer("GET", "/schemas/ids/1/subjects", null, 200, "[\"x\",\"y\"]");
        String both = "[{\"subject\":\"x\",\"version\":1},{\"subject\":\"y\",\"version\":1}]";
        assertAnswer("GET", "/schemas/ids/1/versions", null, 200, both);
        assertAnswer("GET", "/schemas/ids/2", null, 404, error(40403, "Schema 2 not found"));
        assertAnswer("GET", "/schemas/ids/two", null, 404, error(40403, "Schema two not found"));
    }

    @Test
    void compatibility() throws Exception {
        String path = "/compatibility/subjects/x/versions/";
        assertAnswer("POST", path + "latest", ONE, 200, "{\"is_compatible\":true}");
        assertAnswer("POST", path + "1", ONE, 404, error(40401, "Subject 'x' not found."));
        assertAnswer("POST", "/subjects/x/versions", ONE, 200, "{\"id\":1}");
        assertAnswer("POST", path + "latest", OTHER, 200, "{\"is_compatible\":false}");
        assertAnswer("POST", path + "7", OTHER, 404, error(40402, "Version 7 not found."));
        assertThat(send("POST", path + "1?verbose=true", OTHER).body())
                .startsWith("{\"is_compatible\":false,\"messages\":[\"new schema cannot read version 1: TYPE_MISMATCH");
        assertThat(send("POST", "/compatibility/subjects/x/versions?verbose=true", ONE)
                        .body())
                .isEqualTo("{\"is_compatible\":true,\"messages\":[]}");

        HttpResponse<String> refused = send("POST", "/subjects/x/versions", OTHER);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .startsWith("{\"error_code\":409,\"message\":\"Schema being registered is incompatible with an earlier"
                        + " schema for subject \\\"x\\\"");
    }

    @Test
    void levelsAndModes() throws Exception {
        assertAnswer("GET", "/config", null, 200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        assertAnswer("PUT", "/config", "{\"compatibility\": \"backward\"}", 200, "{\"compatibility\":\"BACKWARD\"}");
        assertThat(send("GET", "/config/x", null).body()).startsWith("{\"error_code\":40408,");
        assertAnswer("GET", "/config/x?defaultToGlobal=true", null, 200, "{\"compatibilityLevel\":\"BACKWARD\"}");
        assertAnswer("PUT", "/config/x", "{\"compatibility\": \"NONE\"}", 200, "{\"compatibility\":\"NONE\"}");
        assertAnswer("GET", "/config/x", null, 200, "{\"compatibilityLevel\":\"NONE\"}");
        assertAnswer("DELETE", "/config/x", null, 200, "{\"compatibilityLevel\":\"NONE\"}");
        assertAnswer("DELETE", "/config/x", null, 404, error(40401, "Subject 'x' not found."));
        assertAnswer("DELETE", "/config", null, 200, "{\"compatibilityLevel\":\"BACKWARD\"}");
        assertAnswer("GET", "/config", null, 200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        assertThat(send("PUT", "/config", "{\"compatibility\": \"SOME\"}").body())
                .startsWith("{\"error_code\":42203,\"message\":\"Invalid compatibility level 'SOME'.");

        assertAnswer("GET", "/mode", null, 200, "{\"mode\":\"READWRITE\"}");
        assertAnswer("PUT", "/mode/x", "{\"mode\": \"READONLY\"}", 200, "{\"mode\":\"READONLY\"}");
        assertAnswer("POST", "/subjects/x/versions", ONE, 422, error(42205, "Subject x is in READONLY mode"));
        assertAnswer("DELETE", "/mode/x", null, 200, "{\"mode\":\"READONLY\"}");
        assertThat(send("GET", "/mode/x", null).body()).startsWith("{\"error_code\":40409,");
        assertThat(send("PUT", "/mode", "{\"mode\": \"SOME\"}").body()).startsWith("{\"error_code\":42204,");
    }

    @Test
    void badRequestsSayWhatIsWrong() throws Exception {
        assertAnswer("GET", "/nothing", null, 404, error(404, "HTTP 404 Not Found"));
        assertAnswer("PATCH", "/subjects", null, 405, error(405, "HTTP 405 Method Not Allowed"));
        assertThat(send("POST", "/subjects/x/versions", "{").body()).startsWith("{\"error_code\":400,");
        assertAnswer("POST", "/subjects/x/versions", "{}", 422, error(42201, "Empty schema"));
        assertAnswer("POST", "/subjects/x/versions", null, 422, error(42201, "Empty schema"));
        assertThat(send("POST", "/subjects/x/versions", "{\"schema\": \"{}\"}").body())
                .startsWith("{\"error_code\":42201,\"message\":\"Invalid schema: ");
        assertThat(send("POST", "/subjects/x/versions", "{\"schema\": \"{}\", \"schemaType\": \"JSON\"}")
                        .body())
                .contains("Invalid schema type JSON, valid types are [AVRO]");
        assertThat(send("POST", "/subjects/x/versions", "{\"schema\": \"{}\", \"references\": [{}]}")
                        .body())
                .contains("references are not supported");
        assertThat(send("POST", "/subjects/x/versions", "\"" + "x".repeat(1_000_000) + "\"")
                        .body())
                .isEqualTo(error(413, "request body is larger than 900000 bytes"));
        for (String version : new String[] {"0", "-2", "two"}) {
            assertThat(send("GET", "/subjects/x/versions/" + version, null).body())
                    .startsWith("{\"error_code\":42202,");
        }
    }

    @Test
    void ourOwnClientUnderstandsIt() {
        RegistryClient client = RegistryClient.open(
                Map.of("schema.registry.url", "http://127.0.0.1:1," + url + "/", "retries.wait.ms", 0));
        Schema schema = Schema.create(Schema.Type.INT);

        assertThat(client.register("a/b c", schema)).isEqualTo(1);
        assertThat(client.lookup("a/b c", schema).version()).isEqualTo(1);
        assertThat(client.schemaById(1)).isEqualTo(schema);
        assertThat(client.version("a/b c", SchemaCatalog.LATEST).schema()).isEqualTo(schema);
        assertThat(client.subjects()).containsExactly("a/b c");
        assertThat(client.versions("a/b c")).containsExactly(1);
        assertThat(client.conflicts("a/b c", schema)).isEmpty();
        assertThat(client.conflicts("a/b c", Schema.create(Schema.Type.STRING))).hasSize(2);
        assertThat(client.level("a/b c")).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
        client.setLevel("a/b c", CompatibilityLevel.NONE);
        assertThat(client.level("a/b c")).isEqualTo(CompatibilityLevel.NONE);
        assertThat(client.level(null)).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
        assertThatThrownBy(() -> client.schemaById(9)).isInstanceOfSatisfying(RegistryException.class, refused -> {
            assertThat(refused.errorCode()).isEqualTo(40403);
            assertThat(refused).hasMessage("Schema 9 not found (error code 40403)");
        });
    }

    @Test
    void aTakenPortIsRefused() {
        assertThatThrownBy(() -> RegistryServer.start(server.port(), new RegistryApi(catalog, changes -> {})))
                .isInstanceOfSatisfying(StartException.class, told -> {
                    assertThat(told.problem()).isEqualTo(Problem.PORT_TAKEN);
                    assertThat(told.getMessage())
                            .isEqualTo(Loopback.address(server.port())
                                    + " is taken by another program: Address already in use"
                                    + " (expected: a free port for the schema registry, or 0 for any)");
                });
    }

    private void assertAnswer(String method, String path, @Nullable String body, int status, String answer)
            throws IOException, InterruptedException {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.body()).isEqualTo(answer);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String error(int code, String message) {
        return "{\"error_code\":" + code + ",\"message\":\"" + message + "\"}";
    }
}
