package dev.heed.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the client copes with a registry that is ill, and what it sends. */
class HttpRegistryClientTest {
    private static final Schema SCHEMA = Schema.create(Schema.Type.INT);
    private static final String FOUND = "{\"schema\": \"\\\"int\\\"\"}";

    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final String url = "http://127.0.0.1:" + server.getAddress().getPort();

    HttpRegistryClientTest() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            Answer answer = answers.removeFirst();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void asksAgainUntilTheRegistryIsWell() {
        answers.add(new Answer(503, "{\"error_code\": 50003, \"message\": \"no leader\"}"));
        answers.add(new Answer(429, "slow down"));
        answers.add(new Answer(200, "<html>a proxy</html>"));
        answers.add(new Answer(200, FOUND));
        assertThat(client(Map.of()).schemaById(7)).isEqualTo(SCHEMA);
        assertThat(asked).hasSize(4).allMatch(request -> request.startsWith("GET /schemas/ids/7 "));
    }

    @Test
    void givesUpAfterTheConfiguredRounds() {
        answers.add(new Answer(500, "first"));
        answers.add(new Answer(500, "second"));
        assertThatThrownBy(() -> client(Map.of("max.retries", 1)).schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("no answer from the schema registry at [" + url + "] to GET /schemas/ids/7 (asked 2 times):"
                        + " IOException: " + url + " answered 500: second");
    }

    @Test
    void aRefusalIsFinal() {
        answers.add(new Answer(404, "{\"error_code\": 40403, \"message\": \"Schema 7 not found\"}"));
        answers.add(new Answer(401, "no"));
        RegistryClient client = client(Map.of());
        assertThatThrownBy(() -> client.schemaById(7))
                .isInstanceOfSatisfying(
                        RegistryException.class, refused -> assertThat(refused.is(RegistryError.SCHEMA_NOT_FOUND))
                                .isTrue());
        assertThatThrownBy(() -> client.schemaById(7))
                .isInstanceOfSatisfying(RegistryException.class, refused -> assertThat(refused.errorCode())
                        .isEqualTo(401));
        assertThat(asked).hasSize(2);
    }

    @Test
    void anIdIsAskedForOnce() {
        answers.add(new Answer(200, FOUND));
        RegistryClient client = client(Map.of());
        assertThat(client.schemaById(7)).isSameAs(client.schemaById(7));
        assertThat(asked).hasSize(1);
    }

    @Test
    void goesOnToTheNextUrlAndStaysThere() {
        answers.add(new Answer(200, "[]"));
        answers.add(new Answer(200, "[\"x\"]"));
        RegistryClient client =
                RegistryClient.open(Map.of("schema.registry.url", "http://127.0.0.1:1/," + url, "max.retries", 0));
        assertThat(client.subjects()).isEmpty();
        assertThat(client.subjects()).containsExactly("x");
    }

    @Test
    void namesAreEncodedAndPasswordsSentButNeverShown() {
        answers.add(new Answer(200, "{\"id\": 3}"));
        answers.add(new Answer(500, ""));
        RegistryClient client = client(Map.of("basic.auth.user.info", "me:secret", "max.retries", 0));
        assertThat(client.register("a/b c", SCHEMA)).isEqualTo(3);
        assertThat(asked)
                .containsExactly("POST /subjects/a%2Fb%20c/versions Basic bWU6c2VjcmV0 {\"schema\":\"\\\"int\\\"\"}");
        assertThatThrownBy(client::subjects).message().doesNotContain("secret");
    }

    @Test
    void anotherKindOfSchemaIsRefused() {
        answers.add(new Answer(200, "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}"));
        answers.add(new Answer(200, "{\"schema\": \"\\\"int\\\"\", \"references\": [{\"name\": \"x\"}]}"));
        RegistryClient client = client(Map.of());
        assertThatThrownBy(() -> client.schemaById(7)).hasMessage("schema 7 is of type JSON (expected: AVRO)");
        assertThatThrownBy(() -> client.schemaById(7))
                .hasMessage("schema 7 has references (expected: a self-contained schema)");
    }

    private RegistryClient client(Map<String, ?> more) {
        Map<String, Object> configs = new HashMap<>(Map.of("schema.registry.url", url, "retries.wait.ms", 0));
        configs.putAll(more);
        return RegistryClient.open(configs);
    }
}
