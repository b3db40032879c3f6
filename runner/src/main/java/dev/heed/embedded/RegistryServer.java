package dev.heed.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heed.registry.RegistryError;
import dev.heed.registry.RegistryException;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the registry's HTTP requests and turns answers and refusals into JSON. */
final class RegistryServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int THREADS = 4;
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService threads;
    private final RegistryApi api;

    private RegistryServer(HttpServer server, RegistryApi api) {
        this.server = server;
        this.api = api;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "heed-registry-http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** @throws StartException if the port cannot be used */
    static RegistryServer start(int port, RegistryApi api) {
        Loopback.free(port, "schema registry");
        // Without this each small answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            RegistryServer started = new RegistryServer(HttpServer.create(Loopback.socket(port), BACKLOG), api);
            started.server.start();
            return started;
        } catch (BindException taken) {
            throw Loopback.taken(port, "schema registry", taken);
        } catch (IOException failed) {
            throw new StartException(
                    StartException.Problem.REGISTRY_FAILED,
                    Loopback.address(port),
                    "cannot be served: " + failed,
                    "a port to listen on",
                    failed);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            JsonNode answer;
            try {
                answer = api.answer(RegistryRequest.of(exchange));
            } catch (RegistryException refused) {
                status = refused.httpStatus();
                answer = error(refused.errorCode(), refused.getMessage());
            } catch (RuntimeException broken) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), broken);
                status = 500;
                answer = error(RegistryError.STORE_FAILED.code(), broken.toString());
            }
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static JsonNode error(int code, @Nullable String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
