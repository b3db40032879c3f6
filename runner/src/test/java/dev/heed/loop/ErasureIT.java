package dev.heed.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.RaterKind;
import dev.heed.event.RowCause;
import dev.heed.event.RowOp;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.NothingLost;
import dev.heed.guarantee.ReplayIsIdentical;
import dev.heed.guarantee.RowsFollowConsentAndJudgment;
import dev.heed.out.DeadLetter;
import dev.heed.out.Delta;
import dev.heed.runner.CommandLineRun;
import dev.heed.runner.keys.KeyFile;
import dev.heed.text.KeyRing;
import dev.heed.text.KeySource;
import dev.heed.topology.Loop;
import dev.heed.topology.LoopSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import dev.heed.topology.TopicCatalog;
import dev.heed.topology.TopicSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text that nobody could mistake, erased and then looked for in every file of the broker, the loop and an export. */
class ErasureIT {
    private static final String CANARY = "canary-5f0c2b9e-of-kim";
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LAG = Duration.ofSeconds(2);

    @Test
    void anErasedTextIsInNoFileAfterTheLagAndTheLogStillReplays(@TempDir Path data) throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(data.resolve("platform"), 0, 0)) {
            Path keys = Files.createDirectories(data.resolve("keys"));
            LoopSettings settings = settings(platform, data.resolve("streams"), KeyFile.in(keys));
            Path exported = data.resolve("exported");
            try (Serde<SpecificRecord> values = LoopSerde.of(settings);
                    Loop loop = Loop.start(settings)) {
                assertThat(loop.awaitRunning(PATIENCE)).isTrue();
                writeAsItIs(settings);
                tell(settings, values, Channel.POLICIES, "policy", new Story(System.currentTimeMillis()).policy());
                await(settings, values, logs -> Stream.of(
                                Channel.ITEMS_FACTS, Channel.CALIBRATION_FACTS, Channel.QUEUES_FACTS)
                        .noneMatch(channel -> logs.records(channel).isEmpty()));
                converse(settings, values);
                tell(settings, values, Channel.FEEDBACK, "chat", refused());
                CommittedLogs before = await(
                        settings,
                        values,
                        logs -> logs.records(Channel.DATASET_GUARDRAIL).stream()
                                        .anyMatch(record ->
                                                String.valueOf(record.value()).contains(CANARY))
                                && !refusedTexts(logs).isEmpty());
                Set<String> refusedTexts = refusedTexts(before);
                assertThat(refusedTexts)
                        .allMatch(key -> key.startsWith("chat|") && !isDeleted(before, Channel.CONTENTS, key));
                assertThat(placesWithText(data))
                        .as("text is with the rows, sealed, and nowhere else")
                        .allMatch(place -> place.startsWith("erasure.datasets."));
                assertThat(placesWithText(data)).isNotEmpty();
                heed(settings, "dataset", "seal", "guardrail");
                String root = export(settings, keys, exported);
                assertThat(placesWithText(data)).as("a trainer has it now").contains("data");
                assertThat(manifest(exported)).contains("\"written\"");

                Consent erasure = new Consent("gone", "kim", ConsentKind.ERASE, List.of(), now(), "officer");
                tell(settings, values, Channel.CONSENTS, "kim", erasure);
                CommittedLogs logs = await(
                        settings,
                        values,
                        found -> isDeleted(found, Channel.CONTENT_KEYS, "chat|prompt")
                                && isDeleted(found, Channel.CONTENTS, "chat|prompt")
                                && refusedTexts.stream().allMatch(key -> isDeleted(found, Channel.CONTENTS, key)));
                Utils.delete(exported.toFile());
                assertThat(export(settings, keys, exported)).isEqualTo(root);
                assertThat(manifest(exported)).contains("\"erased\"").doesNotContain("\"written\"");
                assertThat(logs.records(Channel.DATASET_LOG))
                        .extracting(record -> (Delta) record.value())
                        .filteredOn(delta -> delta.getOp() == RowOp.RETRACT)
                        .isNotEmpty()
                        .extracting(Delta::getCauseKind)
                        .containsOnly(RowCause.ERASURE);
                long give = System.nanoTime() + PATIENCE.toNanos();
                while (!placesWithText(data).isEmpty()) {
                    assertThat(System.nanoTime() < give)
                            .as("text in %s", placesWithText(data))
                            .isTrue();
                    Thread.sleep(500);
                }
                loop.close();
                logs = CommittedLogs.read(settings, values.deserializer());
                assertThat(new NothingLost().account(logs).breaches()).isEmpty();
                new ReplayIsIdentical(LoopTopology.stages(settings.secretSeed())).check(logs);
                new RowsFollowConsentAndJudgment().check(logs);
            }
        }
    }

    /** Two answers in one, one of them a text: intake refuses it, and keeps what it refused. */
    private static Feedback refused() {
        return Feedback.newBuilder()
                .setEventId("refused")
                .setInteractionId("chat")
                .setQuestionId("violation")
                .setRaterId("rita")
                .setRaterKind(RaterKind.HUMAN)
                .setKind(FeedbackKind.CRITIQUE)
                .setText("It should not say " + CANARY + ".")
                .setClassName("ok")
                .setOccurredAtMs(now())
                .build();
    }

    /** Where the texts of dead letters are kept. */
    private static Set<String> refusedTexts(CommittedLogs logs) {
        Set<String> keys = new TreeSet<>();
        for (LogView.Logged record : logs.records(Channel.DEAD_LETTERS)) {
            if (record.value() instanceof DeadLetter letter && letter.getContentKey() != null) {
                keys.add(letter.getContentKey());
            }
        }
        return keys;
    }

    /** Writes the sealed version as text that can be looked through; its root. */
    private static String export(LoopSettings settings, Path keys, Path directory) throws IOException {
        heed(
                settings,
                "dataset",
                "export",
                "guardrail@1",
                "--format",
                "jsonl",
                "--to",
                directory.toString(),
                "--key-file",
                keys.resolve(KeyFile.NAME).toString());
        return Files.readAllLines(directory.resolve("README.md")).stream()
                .filter(line -> line.contains("oot"))
                .reduce("", String::concat);
    }

    private static String manifest(Path directory) throws IOException {
        return Files.readString(directory.resolve("manifest.jsonl"));
    }

    private static void heed(LoopSettings settings, String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of(
                "--bootstrap",
                settings.bootstrapServers(),
                "--registry",
                settings.registryUrl(),
                "--prefix",
                settings.prefix()));
        CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new));
        assertThat(run.code()).as("%s: %s", args, run.err()).isZero();
    }

    private static void converse(LoopSettings settings, Serde<SpecificRecord> values) {
        Consent grant = new Consent("yes", "kim", ConsentKind.GRANT, List.of(ConsentScope.TRAIN), now(), "");
        tell(settings, values, Channel.CONSENTS, "kim", grant);
        Interaction chat = Interaction.newBuilder()
                .setEventId("chat")
                .setInteractionId("chat")
                .setSubjectId("kim")
                .setOccurredAtMs(now())
                .setPrompt(List.of(new Message("user", "What is " + CANARY + "?")))
                .setCandidates(List.of(Candidate.newBuilder()
                        .setCandidateId("a")
                        .setModelId("tutor")
                        .setText("It is " + CANARY + ".")
                        .build()))
                .build();
        tell(settings, values, Channel.INTERACTIONS, "chat", chat);
        for (String rater : List.of("rita", "sam")) {
            Feedback label = Feedback.newBuilder()
                    .setEventId("label-" + rater)
                    .setInteractionId("chat")
                    .setQuestionId("violation")
                    .setRaterId(rater)
                    .setRaterKind(RaterKind.HUMAN)
                    .setKind(FeedbackKind.LABEL)
                    .setClassName("ok")
                    .setOccurredAtMs(now())
                    .build();
            tell(settings, values, Channel.FEEDBACK, "chat", label);
        }
    }

    /** Compressed text is not found by looking for its bytes, and a file that is deleted later is there for a minute. */
    private static void writeAsItIs(LoopSettings settings) throws Exception {
        Map<String, Object> config = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        Map<ConfigResource, Collection<AlterConfigOp>> alterations = new HashMap<>();
        for (TopicSpec spec : TopicCatalog.all()) {
            alterations.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, spec.name(settings.prefix())),
                    List.of(set("compression.type", "uncompressed"), set("file.delete.delay.ms", "500")));
        }
        try (Admin admin = Admin.create(config)) {
            admin.incrementalAlterConfigs(alterations).all().get();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    /** The directories with a file that holds the text; those of public inputs hold it until their retention. */
    private static Set<String> placesWithText(Path data) throws IOException {
        Set<String> inputs = new TreeSet<>();
        NothingLost.INPUTS.forEach(input -> inputs.add("erasure." + input.baseName() + ".v1-"));
        Set<String> places = new TreeSet<>();
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String place =
                        Objects.requireNonNull(file.getParent()).getFileName().toString();
                if (inputs.stream().noneMatch(place::startsWith) && holdsText(file)) {
                    places.add(place);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) { // The broker has deleted it meanwhile.
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }
        });
        return places;
    }

    private static boolean holdsText(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static boolean isDeleted(CommittedLogs logs, Channel channel, String key) {
        return logs.records(channel).stream()
                .filter(record -> key.equals(record.key()))
                .reduce((first, second) -> second)
                .map(last -> last.value() == null)
                .orElse(true);
    }

    static CommittedLogs await(LoopSettings settings, Serde<SpecificRecord> values, Predicate<CommittedLogs> reached)
            throws Exception {
        long give = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            CommittedLogs logs = CommittedLogs.read(settings, values.deserializer());
            if (reached.test(logs)) {
                return logs;
            }
            assertThat(System.nanoTime() < give).as("in time").isTrue();
        }
    }

    static void tell(
            LoopSettings settings, Serde<SpecificRecord> values, Channel channel, String key, SpecificRecord event) {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            String topic = settings.topic(channel);
            producer.send(new ProducerRecord<>(topic, key, values.serializer().serialize(topic, event)));
            producer.flush();
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    static LoopSettings settings(EmbeddedPlatform platform, Path state, KeySource keys) {
        return new LoopSettings(
                        "erasure",
                        platform.bootstrapServers(),
                        platform.registryUrl(),
                        LoopSettings.DEFAULT_SERDE,
                        "a secret of the erasure's tests".getBytes(StandardCharsets.UTF_8),
                        state,
                        state.getFileName().toString(),
                        1,
                        (short) 1,
                        1,
                        LoopSettings.DEFAULT_COMMIT_INTERVAL,
                        LoopSettings.DEFAULT_TICK_INTERVAL,
                        Map.of())
                .withTexts(KeyRing.of(keys), LAG);
    }
}
