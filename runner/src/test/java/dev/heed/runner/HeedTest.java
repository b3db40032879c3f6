package dev.heed.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeedTest {
    private static final List<String> NOWHERE = List.of("--data", "/nowhere");

    @Test
    void withoutACommandItShowsHowToUseItAndFails() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("heed: Missing required subcommand").contains("see heed --help");
    }

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        CommandLineRun run = CommandLineRun.of("--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("ingest", "tail", "Exit codes:", "2   wrong usage");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "tail"})
    void everyCommandHasHelp(String command) {
        CommandLineRun run = CommandLineRun.of(command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: heed " + command).contains("--help", "--verbose");
    }

    @Test
    void wrongUsageIsOneLineAndCodeTwo() {
        for (CommandLineRun run : List.of(
                CommandLineRun.of("nonsense"),
                CommandLineRun.of("ingest", "--as", "wishes", "-"),
                CommandLineRun.of("ingest", "-"),
                CommandLineRun.of("tail"),
                CommandLineRun.of("tail", "judgments", "--from", "yesterday"))) {
            assertThat(run.code()).as(run.err()).isEqualTo(2);
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.err()).startsWith("heed: ").contains("--help");
        }
        assertThat(CommandLineRun.of("ingest", "--as", "wishes", "-").err())
                .contains("expected: one of interactions, signals, feedback");
    }

    @Test
    void aPolicyIsCheckedForMachinesToo(@TempDir Path dir) throws IOException {
        Path wrong = Files.writeString(dir.resolve("wrong.yaml"), "policy_version: 1\nname: x\ncolour: red\n");

        CommandLineRun run = CommandLineRun.of("policy", "check", wrong.toString(), "--json");

        assertThat(run.code()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("valid").asBoolean(true)).isFalse();
        assertThat(report.path("problems").toString()).contains("colour");
        assertThat(run.err()).contains("colour");
    }

    @Test
    void theTopologyIsToldForMachinesToo() throws IOException {
        CommandLineRun run = CommandLineRun.of("topology", "--json");

        assertThat(run.code()).isZero();
        List<JsonNode> parts = new ObjectMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(run.out())
                .readAll();
        assertThat(parts).anySatisfy(part -> {
            assertThat(part.path("application").asText()).isEqualTo("heed-hot");
            assertThat(part.path("reads").toString()).isEqualTo("[\"heed.items.journal.v1\"]");
            assertThat(part.path("writes").toString()).contains("heed.items.facts.v1", "heed.judgments.v1");
            assertThat(part.path("stores")).isNotEmpty();
        });
    }

    @Test
    void aFailureIsOneLineAndCodeOne() {
        CommandLineRun run = CommandLineRun.of("tail", "judgments", NOWHERE.get(0), NOWHERE.get(1));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err())
                .startsWith("heed: no --bootstrap given, and /nowhere/heed.properties is not there (expected: ");
    }

    @Test
    void verboseShowsWhereAFailureCameFrom() {
        CommandLineRun run = CommandLineRun.of("tail", "judgments", NOWHERE.get(0), NOWHERE.get(1), "--verbose");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("at dev.heed.runner.tail.TailCommand.call");
    }
}
