package dev.heed.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.core.Channel;
import dev.heed.out.Escalation;
import dev.heed.topology.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
    private final StatusBoard board = new StatusBoard("Heed <test>");
    private final StatusServer server = StatusServer.start(board, 0);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePageShowsWhatWasReadAndEscapesIt() throws Exception {
        board.read(Channel.INTERACTIONS, null);
        board.read(Channel.INTERACTIONS, null);
        board.read(Channel.ESCALATIONS, escalation("<script>alert(1)</script>"));

        HttpResponse<String> page = get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<b>2</b>interactions", "&lt;script&gt;alert(1)", "12.500", "Heed &lt;test&gt;")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void theApiSaysTheSameAsJson() throws Exception {
        for (int i = 0; i < StatusBoard.LATEST + 5; i++) {
            board.read(Channel.ESCALATIONS, escalation("i" + i));
        }
        JsonNode json = new ObjectMapper().readTree(get("api/status").body());

        assertThat(json.path("records").path("escalations").asInt()).isEqualTo(StatusBoard.LATEST + 5);
        assertThat(json.path("latest_escalations")).hasSize(StatusBoard.LATEST);
        assertThat(json.path("latest_escalations")
                        .path(0)
                        .path("interaction_id")
                        .asText())
                .isEqualTo("i" + (StatusBoard.LATEST + 4));
    }

    @Test
    void whatIsHeldBackIsSaid() throws Exception {
        assertThat(get("").body()).doesNotContain("unread");
        board.read(new Flow(false, 12, 600));
        assertThat(get("").body()).contains("12 records are unread").doesNotContain("are held back");

        board.read(new Flow(true, 700, 600));

        assertThat(get("").body()).contains("are held back</b>: 700 records are unread");
        JsonNode flow = new ObjectMapper().readTree(get("api/status").body()).path("flow");
        assertThat(flow.path("held_back").asBoolean()).isTrue();
        assertThat(flow.path("unread_records").asLong()).isEqualTo(700);
        assertThat(flow.path("most_unread_records").asLong()).isEqualTo(600);
    }

    @Test
    void otherAddressesAndMethodsAreRefused() throws Exception {
        assertThat(get("nothing/here").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(URI.create(server.url()))
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(post, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aTakenPortIsSaid() {
        int port = URI.create(server.url()).getPort();

        assertThatThrownBy(() -> StatusServer.start(board, port))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("console port " + port)
                .hasMessageContaining("expected: a free port");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static Escalation escalation(String interaction) {
        return Escalation.newBuilder()
                .setInteractionId(interaction)
                .setQuestionId("violation")
                .setState("open")
                .setLevel("duty")
                .setLevelIndex(0)
                .setRiskMicros(12_500_000)
                .setCause("risk")
                .setPolicyVersion(1)
                .setNoticedAtMs(1)
                .setDecidedAtMs(2)
                .build();
    }
}
