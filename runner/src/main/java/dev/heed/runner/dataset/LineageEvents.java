package dev.heed.runner.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.core.Channel;
import dev.heed.export.OpenLineage;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where OpenLineage events go. */
final class LineageEvents {
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_OK = 299;

    @Option(
            names = "--lineage",
            paramLabel = "FILE",
            description = "Append the run's OpenLineage events to this file, one JSON object per line.")
    private @Nullable Path file;

    @Option(
            names = "--lineage-url",
            paramLabel = "URL",
            description = "Post the run's OpenLineage events to this address of the loopback interface.")
    private @Nullable URI url;

    /**
     * Refuses an address that is not the machine's own, and a file that cannot be written, before there is anything to
     * tell.
     *
     * @throws Failure when it is another's, or cannot be written
     */
    void check() {
        if (file != null) {
            append(file, "");
        }
        if (url == null) {
            return;
        }
        try {
            if (url.getHost() == null || !InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
                throw new Failure("--lineage-url: " + url + " (expected: an address of the loopback interface)");
            }
        } catch (UnknownHostException unknown) {
            throw new Failure("--lineage-url: " + url + " (expected: an address of the loopback interface)", unknown);
        }
    }

    static OpenLineage names(Cluster cluster) {
        return new OpenLineage(
                "kafka://" + cluster.bootstrap().split(",", -1)[0],
                cluster.topic(Channel.DATASET_LOG),
                cluster.topic(Channel.DATASET_VERSIONS));
    }

    void send(List<ObjectNode> events) {
        for (ObjectNode event : events) {
            if (file != null) {
                append(file, event + "\n");
            }
            if (url != null) {
                post(url, event);
            }
        }
    }

    private static void append(Path file, String lines) {
        try {
            Files.writeString(
                    file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new Failure(
                    "--lineage: " + file + " (expected: a file that can be written): " + unwritable, unwritable);
        }
    }

    private static void post(URI url, ObjectNode event) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(HTTP_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event.toString()))
                .build();
        try {
            HttpResponse<Void> answer = HttpClient.newBuilder()
                    .connectTimeout(HTTP_TIMEOUT)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() > MAX_OK) {
                throw new Failure("--lineage-url: " + url + " answered " + answer.statusCode() + " (expected: 2xx)");
            }
        } catch (IOException unreachable) {
            throw new Failure(
                    "--lineage-url: " + url + " took no event (expected: a server that answers): " + unreachable,
                    unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure("--lineage-url: interrupted", interrupted);
        }
    }
}
