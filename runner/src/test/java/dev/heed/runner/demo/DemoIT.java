package dev.heed.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.runner.CommandLineRun;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoIT {
    @Test
    void aShortDemoLosesNothingAndEndsInRowsAndAVerdict() throws IOException {
        CommandLineRun run = CommandLineRun.of("demo", "--minutes", "1", "--seed", "7", "--headless", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = run.out().lines().toList();
        JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(summary.path("lost").asInt(-1)).isZero();
        assertThat(summary.path("duplicated").asInt(-1)).isZero();
        for (String some : List.of("events_in", "dead_letters", "escalations", "tasks", "feedback", "judgments")) {
            assertThat(summary.path(some).asInt()).as(some).isPositive();
        }
        assertThat(summary.path("duplicates").asInt())
                .isEqualTo(summary.path("repeats_published").asInt());
        assertThat(summary.path("dead_letters").asInt())
                .isEqualTo(summary.path("poison_published").asInt());
        assertThat(summary.path("judgment_accuracy").asDouble()).isGreaterThan(.7);
        assertThat(summary.path("labels_per_judgment").asDouble()).isGreaterThanOrEqualTo(1);
        for (String dataset : List.of("preference", "sft", "binary", "critique", "guardrail")) {
            assertThat(summary.path("rows").path(dataset).asInt()).as(dataset).isPositive();
        }
        assertThat(summary.path("gate").asText()).isEqualTo("FAIL");
        assertThat(summary.path("gate_slices").path("topic:chemistry").asText()).isEqualTo("FAIL");
        assertThat(summary.path("gate_slices").path("age:under-10").asText()).isEqualTo("PASS");
    }
}
