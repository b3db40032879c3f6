package dev.heed.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the status page at {@code /} and the same as JSON at {@code /api/status}, on the loopback interface only. */
public final class StatusServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BACKLOG = 50;

    private final HttpServer server;
    private final ExecutorService threads;

    private StatusServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts serving.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException if the port cannot be used
     */
    public static StatusServer start(StatusBoard board, int port) {
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
                Thread thread = new Thread(work, "heed-console");
                thread.setDaemon(true);
                return thread;
            });
            server.createContext("/", exchange -> answer(exchange, board));
            server.setExecutor(threads);
            server.start();
            return new StatusServer(server, threads);
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "console port " + port + ": " + taken.getMessage() + " (expected: a free port, or 0 for any)",
                    taken);
        }
    }

    /** Where it is served. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static void answer(HttpExchange exchange, StatusBoard board) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            if (!isLocal(exchange)) {
                send(exchange, 403, "text/plain", "this page is served on this machine only\n");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, "text/plain", method + " is not allowed here (expected: GET)\n");
            } else if (path.equals("/")) {
                send(exchange, 200, "text/html", StatusPage.of(board.snapshot()));
            } else if (path.equals("/api/status")) {
                send(exchange, 200, "application/json", StatusJson.of(board.snapshot()) + "\n");
            } else {
                send(exchange, 404, "text/plain", "nothing at this address (expected: / or /api/status)\n");
            }
        }
    }

    /** A page elsewhere could point a name of its own at this address; its browser then sends that name. */
    private static boolean isLocal(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        return name.equals("127.0.0.1") || name.equals("localhost") || name.equals("[::1]");
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
