package dev.heed.runner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.runner.CommandLineRun;
import dev.heed.runner.keys.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with a running loop, command by command. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsIT {
    private static final String INTERACTION = """
        {"event_id":"e%1$d","interaction_id":"i%1$d","subject_id":"s%1$d","occurred_at_ms":1700000000000,\
        "prompt":[{"role":"user","content":"How hot is the sun?"}],\
        "candidates":[{"candidate_id":"a","model_id":"m","text":"Very hot."}]}
        """;
    private static final String SIGNAL = """
        {"event_id":"v%1$d","interaction_id":"i%1$d","kind":"GUARDRAIL","detector_id":"guard-2",\
        "question_id":"violation","class_name":"violation","occurred_at_ms":1700000000000}
        """;

    private final Path data;
    private final EmbeddedLoop loop;
    private final Addresses addresses;

    CommandsIT(@TempDir Path data) throws InterruptedException {
        this.data = data;
        EmbeddedPlatform platform = EmbeddedPlatform.start(data.resolve("platform"), 0, 0);
        this.loop = EmbeddedLoop.start(platform, data.resolve("streams"), new byte[16], KeyFile.in(data));
        this.addresses = Addresses.write(data, loop.cluster());
    }

    @BeforeAll
    void aPolicyIsInForce() {
        CommandLineRun run = CommandLineRun.of(
                "policy",
                "publish",
                Path.of(System.getProperty("heed.root"), "deploy/policies/example.yaml")
                        .toString(),
                "--data",
                data.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("policy version 1 is in force");
    }

    @AfterAll
    void stop() {
        addresses.close();
        loop.close();
    }

    @Test
    @Order(1)
    void goodLinesGoInAndBadOnesAreNamed() throws IOException {
        String lines = INTERACTION.formatted(1)
                + "not json\n\n"
                + INTERACTION.formatted(2).replace("\"prompt\"", "\"promt\"")
                + INTERACTION.formatted(3);
        CommandLineRun run = ingest("interactions", lines);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("published 2 of 4 lines to heed.interactions.v1; 2 bad");
        assertThat(run.err().lines())
                .hasSize(2)
                .anyMatch(each -> each.startsWith("line 2: not JSON: "))
                .anyMatch(
                        each -> each.startsWith("line 4: promt: unknown field") && each.contains("; prompt: missing"));
    }

    @Test
    @Order(2)
    void whatWentInIsTailedDecoded() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "tail", "interactions", "--from", "beginning", "--until-end", "--json", "--data", data.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(2);
        JsonNode line =
                new ObjectMapper().readTree(run.out().lines().findFirst().orElseThrow());
        assertThat(line.path("topic").asText()).isEqualTo("heed.interactions.v1");
        assertThat(line.path("value").path("prompt").path(0).path("content").asText())
                .isEqualTo("How hot is the sun?");
        assertThat(line.path("key").asText())
                .isEqualTo(line.path("value").path("interaction_id").asText());
    }

    @Test
    @Order(3)
    void aSignalIsFollowedToItsEscalation() throws IOException {
        CommandLineRun signals = ingest("signals", SIGNAL.formatted(1) + SIGNAL.formatted(3));
        assertThat(signals.code()).as(signals.err()).isZero();
        assertThat(signals.out()).contains("published 2 of 2 lines");

        CommandLineRun run = CommandLineRun.of(
                "tail", "triage", "--from", "beginning", "--limit", "4", "--json", "--data", data.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).hasSize(4).allMatch(each -> each.contains("\"question_id\":\"violation\""));
    }

    @Test
    @Order(4)
    void anEscalationIsListedTakenAndClosed() throws IOException {
        assertThat(ingest("interactions", INTERACTION.formatted(4)).code()).isZero();
        assertThat(ingest("signals", SIGNAL.formatted(4)).code()).isZero();
        CommandLineRun opened = CommandLineRun.of(
                "tail", "escalations", "--from", "beginning", "--limit", "1", "--data", data.toString());
        assertThat(opened.code()).as(opened.err()).isZero();
        String target = escalations("list").out().split(" ", 2)[0];
        assertThat(target).endsWith("|violation");

        CommandLineRun taken = escalations("ack", target, "--actor", "ada");
        assertThat(taken.out()).as(taken.err()).contains("  acknowledged  on-call  by acknowledge of ada");
        CommandLineRun again = escalations("ack", target, "--actor", "bob");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("is acknowledged (expected: open)");
        CommandLineRun closed = escalations("resolve", target, "--resolution", "withdrawn", "--json");
        assertThat(new ObjectMapper().readTree(closed.out()).path("state").asText())
                .as(closed.err())
                .isEqualTo("resolved");
        assertThat(escalations("ack", target).err()).contains("no unresolved escalation of " + target);
    }

    @Test
    @Order(5)
    void aSilenceIsStartedListedAndEnded() {
        CommandLineRun started = escalations("silence", "level=on-call", "--for", "2h", "--comment", "planned work");
        assertThat(started.out()).as(started.err()).contains("  active  until ").contains("level=on-call");
        String id = started.out().split(" ", 2)[0];
        assertThat(escalations("list").out()).contains(id);
        assertThat(escalations("unsilence", id).out()).contains("  unsilenced  ");
        assertThat(escalations("list").out()).doesNotContain(id);
        assertThat(escalations("unsilence", id).err()).contains("was ended before (expected: an active one)");
        assertThat(escalations("silence", "rank=high", "--for", "2h", "--comment", "x")
                        .err())
                .contains("silence.matchers[0].label: rank (expected: one of interaction, question, ");
        assertThat(escalations("silence", "level", "--for", "2h", "--comment", "x")
                        .err())
                .contains("level: no matcher (expected: LABEL=VALUE");
    }

    @Test
    @Order(6)
    void aQuestionIsReconciledOnRequestAndAnUnknownOneIsNamed() throws IOException {
        CommandLineRun ended =
                CommandLineRun.of("reconcile", "violation", "--wait", "--json", "--data", data.toString());
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(new ObjectMapper().readTree(ended.out()).path("converged").asBoolean())
                .isTrue();
        CommandLineRun begun = CommandLineRun.of("reconcile", "violation", "--data", data.toString());
        assertThat(begun.out()).as(begun.err()).startsWith("violation is being reconciled");
        CommandLineRun unknown = CommandLineRun.of("reconcile", "nonsense", "--wait", "--data", data.toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("question_id: nonsense (expected: a question of the policy)");
    }

    @Test
    @Order(7)
    void aVersionThatExistsKeepsItsContent() throws IOException {
        String example = Files.readString(Path.of(System.getProperty("heed.root"), "deploy/policies/example.yaml"));
        assertThat(publish(example).code()).as("the same again").isZero();
        CommandLineRun other = publish(example.replace("budget_per_hour: 600", "budget_per_hour: 601"));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err())
                .contains("policy version 1 exists with other content, as example: pools differ"
                        + " (expected: a policy_version that was never published)");
    }

    @Test
    @Order(8)
    void aGateIsPlannedFedDecidedAndOverruledByTwo() throws IOException {
        List<String> clusters = new ArrayList<>();
        StringBuilder results = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            clusters.add("k" + i);
            results.append("""
                    {"result":{"event_id":"g%1$d","candidate_id":"m2","slice":"maths","cluster":"k%1$d",\
                    "difference_micros":1000000,"occurred_at_ms":1700000000000}}
                    """.formatted(i));
        }
        Path plan = Files.writeString(data.resolve("plan.yaml"), """
                {candidate_id: m2, reference_id: m1, model_digest: d, metric: helpful, alpha: 0.05,
                 deadline: "2099-01-01T00:00:00Z", slices: [{slice: maths, margin: 0.1, clusters: %s}]}
                """.formatted(clusters));
        CommandLineRun frozen = gate("plan", plan.toString());
        assertThat(frozen.out())
                .as(frozen.err())
                .startsWith("m2 against m1: OPEN")
                .contains("attempt 1");
        assertThat(gate("plan", plan.toString()).out()).as("the same again").startsWith("m2 against m1: ");
        Files.writeString(plan, Files.readString(plan).replace("0.05", "0.04"));
        CommandLineRun other = gate("plan", plan.toString());
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("candidate m2: plan ", "submit another candidate_id");

        assertThat(ingest("evaluations", results.toString()).code()).isZero();
        CommandLineRun.of("tail", "gate-verdicts", "--from", "beginning", "--limit", "2", "--data", data.toString());
        CommandLineRun passed = gate("status", "m2");
        assertThat(passed.out()).as(passed.err()).startsWith("m2 against m1: PASS");
        assertThat(passed.code()).isZero();

        assertThat(gate("override", "m2", "FAIL", "--reason", "users complain", "--actor", "ada")
                        .out())
                .startsWith("m2 against m1: PASS")
                .contains("ada asks for FAIL: users complain");
        assertThat(gate("override", "m2", "FAIL", "--reason", "again", "--actor", "ada")
                        .err())
                .contains("expected: another person");
        assertThat(gate("override", "m2", "FAIL", "--reason", "they do", "--actor", "bob")
                        .out())
                .contains("m2 against m1: FAIL", "overruled by ada and bob: users complain; they do");
        assertThat(gate("status", "m2").code()).as("the code of FAIL").isEqualTo(3);
        assertThat(gate("status", "m3").err()).contains("no gate of m3 (expected: one of [m2])");
    }

    private CommandLineRun gate(String... args) {
        List<String> all = new ArrayList<>(List.of("gate"));
        all.addAll(List.of(args));
        all.addAll(List.of("--data", data.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    @Order(9)
    void whatWasDecidedIsDecidedAgainProvenAndChecked() throws IOException, InterruptedException {
        Files.writeString(data.resolve("heed.secret"), "00".repeat(16));
        CommandLineRun replay = CommandLineRun.of("replay", "--verify", "--data", data.toString());
        assertThat(replay.code()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.out()).contains("items-0", "versions-2", "nothing differs");

        JsonNode fact = new ObjectMapper()
                .readTree(CommandLineRun.of(
                                "tail",
                                "items.facts",
                                "--from",
                                "beginning",
                                "--limit",
                                "1",
                                "--json",
                                "--data",
                                data.toString())
                        .out());
        String name = "items/" + fact.path("partition").asInt() + "/"
                + fact.path("offset").asLong();
        CommandLineRun proof = CommandLineRun.of("audit", "prove", name, "--data", data.toString());
        for (int tries = 0; proof.code() != 0 && tries < 60; tries++) {
            assertThat(proof.err()).contains("is under no published head yet");
            Thread.sleep(500);
            proof = CommandLineRun.of("audit", "prove", name, "--data", data.toString());
        }
        Path file = Files.writeString(data.resolve("proof.json"), proof.out());
        assertThat(CommandLineRun.of("audit", "check", file.toString()).out()).startsWith(name + " was record 0 ");
        Files.writeString(file, proof.out().replace("\"entry\":\"0", "\"entry\":\"1"));
        assertThat(CommandLineRun.of("audit", "check", file.toString()).err()).contains("the fact is not record 0");

        CommandLineRun verified = CommandLineRun.of("audit", "verify", "--json", "--data", data.toString());
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
        Path kept = Files.writeString(data.resolve("heads.json"), verified.out());
        CommandLineRun later =
                CommandLineRun.of("audit", "verify", "--from", kept.toString(), "--data", data.toString());
        assertThat(later.out()).as(later.err()).contains("nothing differs");
        String forged = new ObjectMapper()
                .readTree(verified.out())
                .path("newest_heads")
                .path(0)
                .path("root")
                .asText();
        Files.writeString(kept, verified.out().replace(forged, "00".repeat(32)));
        assertThat(CommandLineRun.of("audit", "verify", "--from", kept.toString(), "--data", data.toString())
                        .out())
                .contains("(expected: " + "00".repeat(32) + ", as published)");
    }

    @Test
    @Order(10)
    void theSamePolicyDecidesTheRecordAgain() throws IOException {
        Path plot = data.resolve("both.png");
        CommandLineRun same = CommandLineRun.of(
                "what-if",
                "--policy",
                Path.of(System.getProperty("heed.root"), "deploy/policies/example.yaml")
                        .toString(),
                "--plot",
                plot.toString(),
                "--json",
                "--data",
                data.toString());
        assertThat(same.code()).as(same.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(same.out());
        assertThat(report.path("journals_that_differ").asInt()).isZero();
        assertThat(report.path("other").path("facts").asInt())
                .isEqualTo(report.path("recorded").path("facts").asInt())
                .isPositive();
        assertThat(plot).isNotEmptyFile();
    }

    private CommandLineRun publish(String yaml) throws IOException {
        Path file = Files.writeString(data.resolve("policy.yaml"), yaml);
        return CommandLineRun.of("policy", "publish", file.toString(), "--data", data.toString());
    }

    private CommandLineRun escalations(String... args) {
        List<String> all = new ArrayList<>(List.of("escalations"));
        all.addAll(List.of(args));
        all.addAll(List.of("--data", data.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    @Order(6)
    void aTopicThatIsNotThereIsSaid() {
        CommandLineRun run = CommandLineRun.of("tail", "wishes", "--data", data.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("heed: no topic wishes (expected: one of interactions, ");
    }

    @Test
    @Order(8)
    void aSubjectIsShownWhatItAllowsAndErasedWithItsTexts() throws IOException {
        Path secret = Files.writeString(data.resolve("secret"), "00".repeat(16));
        String mine = "\"key\":\"i1|";
        assertThat(contents().lines().filter(line -> line.contains(mine)))
                .hasSize(2)
                .anyMatch(line -> line.contains("\"text\":\"Very hot.\""));

        CommandLineRun granted = subject("grant", "s1", "train", "--actor", "ada");
        assertThat(granted.out()).as(granted.err()).contains("told to all interactions that are older: 1");
        assertThat(subject("grant", "s1", "everything").err()).contains("scope: everything (expected: review, ");
        CommandLineRun shown = subject("show", "s1", "--secret-file", secret.toString());
        assertThat(shown.out())
                .as(shown.err())
                .contains("interactions  1", "GRANT [TRAIN] by ada", "all interactions know");
        CommandLineRun erased = subject("erase", "s1", "--actor", "ada");
        assertThat(erased.out()).as(erased.err()).contains("told to all interactions that are older: 1");
        assertThat(subject("show", "s1", "--secret-file", secret.toString()).err())
                .as("nobody can tell any more what was the subject's")
                .contains("subject s1 has no interaction and said nothing");
        assertThat(subject("show", "nobody", "--secret-file", secret.toString()).err())
                .contains("subject nobody has no interaction and said nothing");
        // Deletions follow the order within a commit or two.
        CommandLineRun gone =
                CommandLineRun.of("tail", "erasures", "--from", "beginning", "--limit", "1", "--data", data.toString());
        assertThat(gone.out()).contains("i1");
    }

    private String contents() {
        return CommandLineRun.of(
                        "tail",
                        "contents",
                        "--open",
                        "--from",
                        "beginning",
                        "--until-end",
                        "--json",
                        "--data",
                        data.toString())
                .out();
    }

    private CommandLineRun subject(String... args) {
        List<String> all = new ArrayList<>(List.of("subject"));
        all.addAll(List.of(args));
        all.addAll(List.of("--data", data.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private CommandLineRun ingest(String kind, String lines) throws IOException {
        Path file = Files.writeString(data.resolve(kind + ".jsonl"), lines);
        return CommandLineRun.of("ingest", "--as", kind, file.toString(), "--data", data.toString());
    }
}
