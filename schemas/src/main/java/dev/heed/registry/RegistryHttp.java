package dev.heed.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Sends one request to the first registry URL that answers, starting with the one that answered last. */
final class RegistryHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistrySettings settings;
    private final HttpClient client;
    private final Optional<String> authorization;
    private volatile int preferred;

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build();
        this.authorization = settings.userInfo()
                .map(user -> "Basic "
                        + Base64.getEncoder().encodeToString(user.value().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The answer to a request; every request here may be sent twice without harm.
     *
     * @throws RegistryException if the registry refuses
     * @throws RegistryUnavailableException if no URL answered within all retries
     */
    JsonNode send(String method, String path, @Nullable JsonNode body) {
        List<String> urls = settings.urls();
        IOException last = new IOException("not asked");
        for (int round = 0; round <= settings.retries(); round++) {
            pause(round);
            for (int i = 0; i < urls.size(); i++) {
                int index = (preferred + i) % urls.size();
                try {
                    JsonNode answer = sendTo(urls.get(index), method, path, body);
                    preferred = index;
                    return answer;
                } catch (IOException failed) {
                    last = failed;
                }
            }
        }
        throw new RegistryUnavailableException(
                "no answer from the schema registry at " + urls + " to " + method + " " + path + " (asked "
                        + (settings.retries() + 1) + " times): " + reason(last),
                last);
    }

    private JsonNode sendTo(String url, String method, String path, @Nullable JsonNode body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(settings.requestTimeout())
                .header("Accept", CONTENT_TYPE + ", application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE);
        }
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
        return answer(url, response);
    }

    private static JsonNode answer(String url, HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException(url + " answered " + status + ": " + response.body());
        }
        JsonNode json;
        try {
            json = JSON.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            json = JSON.missingNode();
        }
        if (status >= 300) {
            throw new RegistryException(
                    json.path("error_code").asInt(status),
                    json.path("message").asText(url + " answered " + status) + " (error code "
                            + json.path("error_code").asInt(status) + ")");
        }
        if (json.isMissingNode()) {
            throw new IOException(url + " answered " + status + " without JSON");
        }
        return json;
    }

    private void pause(int round) {
        try {
            if (round > 0) {
                Thread.sleep(settings.retryWait().toMillis());
            }
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    private static String reason(IOException failed) {
        String message = failed.getMessage();
        return failed.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
