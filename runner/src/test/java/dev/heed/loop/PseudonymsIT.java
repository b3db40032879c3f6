package dev.heed.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.guarantee.LogView;
import dev.heed.journal.ConsentAccepted;
import dev.heed.journal.SubjectsEvent;
import dev.heed.out.PseudonymKey;
import dev.heed.pseudonym.KeyTree;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.pseudonym.Prefix;
import dev.heed.text.KeyRing;
import dev.heed.text.KeySource;
import dev.heed.topology.Loop;
import dev.heed.topology.LoopSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.Topics;
import dev.heed.topology.TopicsRefused;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a subject is called by the whole loop, before and after an erasure. */
class PseudonymsIT {
    private final byte[] key = KeyRing.draw();
    private final KeySource keys = () -> List.of(key);

    @Test
    void anErasedPseudonymCannotBeComputedAndTheSubjectThatReturnsIsANewOne(@TempDir Path data) throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(data.resolve("platform"), 0, 0)) {
            LoopSettings settings = ErasureIT.settings(platform, data.resolve("streams"), keys);
            try (Serde<SpecificRecord> values = LoopSerde.of(settings)) {
                String kim;
                String ann;
                try (Loop loop = Loop.start(settings)) {
                    assertThat(loop.awaitRunning(ErasureIT.PATIENCE)).isTrue();
                    ErasureIT.tell(settings, values, Channel.INTERACTIONS, "kim-1", interaction("kim-1", "kim"));
                    ErasureIT.tell(settings, values, Channel.INTERACTIONS, "ann-1", interaction("ann-1", "ann"));
                    ErasureIT.await(
                            settings,
                            values,
                            logs -> registered(logs).containsKey("kim-1")
                                    && registered(logs).containsKey("ann-1"));
                    CommittedLogs logs = CommittedLogs.read(settings, values.deserializer());
                    kim = registered(logs).get("kim-1");
                    ann = registered(logs).get("ann-1");
                    assertThat(computable(settings, logs, "kim")).contains(kim);
                    assertThat(computable(settings, logs, "ann")).contains(ann);

                    ErasureIT.tell(settings, values, Channel.CONSENTS, "kim", erasure("gone"));
                    ErasureIT.await(settings, values, found -> !computable(settings, found, "kim")
                            .contains(kim));
                    ErasureIT.tell(settings, values, Channel.INTERACTIONS, "kim-2", interaction("kim-2", "kim"));
                    ErasureIT.tell(settings, values, Channel.INTERACTIONS, "ann-2", interaction("ann-2", "ann"));
                    ErasureIT.await(
                            settings,
                            values,
                            found -> registered(found).containsKey("kim-2")
                                    && registered(found).containsKey("ann-2"));
                }
                try (Loop loop = Loop.start(settings)) {
                    assertThat(loop.awaitRunning(ErasureIT.PATIENCE)).isTrue();
                    ErasureIT.tell(settings, values, Channel.INTERACTIONS, "kim-3", interaction("kim-3", "kim"));
                    ErasureIT.tell(settings, values, Channel.INTERACTIONS, "ann-3", interaction("ann-3", "ann"));
                    CommittedLogs logs = ErasureIT.await(
                            settings,
                            values,
                            found -> registered(found).containsKey("kim-3")
                                    && registered(found).containsKey("ann-3"));
                    Map<String, String> subjects = registered(logs);
                    assertThat(List.of(subjects.get("ann-2"), subjects.get("ann-3")))
                            .containsOnly(ann);
                    assertThat(subjects.get("kim-2")).isNotEqualTo(kim).isEqualTo(subjects.get("kim-3"));
                    assertThat(computable(settings, logs, "kim")).containsOnly(subjects.get("kim-2"));
                    assertThat(consents(logs))
                            .as("the new one has said nothing")
                            .containsExactly(kim);
                }
            }
        }
    }

    @Test
    void loopsThatStartAtOnceAgreeOnOneRoot(@TempDir Path data) throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(data.resolve("platform"), 0, 0)) {
            LoopSettings settings = ErasureIT.settings(platform, data.resolve("one"), keys);
            try (Serde<SpecificRecord> values = LoopSerde.of(settings)) {
                List<CompletableFuture<Loop>> starts = Stream.of("one", "two")
                        .map(name -> ErasureIT.settings(platform, data.resolve(name), keys))
                        .map(each -> CompletableFuture.supplyAsync(() -> start(each)))
                        .toList();
                for (CompletableFuture<Loop> start : starts) {
                    start.join().close();
                }
                CommittedLogs logs = CommittedLogs.read(settings, values.deserializer());
                assertThat(computable(settings, logs, "kim")).hasSize(1);
                assertThat(logs.records(Channel.PSEUDONYM_KEYS).stream().filter(record -> record.value() != null))
                        .as("one root, which a round may have written again")
                        .isNotEmpty()
                        .allMatch(record -> Prefix.ROOT.text().equals(record.key()));
            }
        }
    }

    @Test
    void keysThatAreLostStopTheStartUntilTheyAreThereAgain(@TempDir Path data) throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(data.resolve("platform"), 0, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            LoopSettings settings = ErasureIT.settings(platform, data.resolve("streams"), keys);
            String topic = settings.topic(Channel.PSEUDONYM_KEYS);
            // Topics are there and no key is yet, as after a loop that was killed in between: nothing is lost.
            new Topics(admin, settings.prefix(), settings.partitions(), (short) 1, settings.textLag()).ensure();
            try (Serde<SpecificRecord> values = LoopSerde.of(settings)) {
                String ann;
                SpecificRecord root;
                try (Loop loop = Loop.start(settings)) {
                    assertThat(loop.awaitRunning(ErasureIT.PATIENCE)).isTrue();
                    ErasureIT.tell(settings, values, Channel.INTERACTIONS, "ann-1", interaction("ann-1", "ann"));
                    CommittedLogs logs = ErasureIT.await(
                            settings, values, found -> registered(found).containsKey("ann-1"));
                    ann = registered(logs).get("ann-1");
                    root = Objects.requireNonNull(
                            logs.records(Channel.PSEUDONYM_KEYS).get(0).value());
                }
                admin.deleteTopics(List.of(topic)).all().get();
                assertThatThrownBy(() -> Loop.start(settings))
                        .isInstanceOf(TopicsRefused.class)
                        .hasMessageContaining(topic + ": empty, though " + settings.topic(Channel.SUBJECTS_JOURNAL)
                                + " is not (expected: ")
                        .hasMessageContaining("restore the topic from its backup");
                assertThatThrownBy(() -> Loop.start(settings))
                        .as("nothing was written in its place")
                        .isInstanceOf(TopicsRefused.class);

                // A part of a backup: what is known under one half of the tree.
                Outgoing half = new KnownKeys(settings.keys()).record(new Prefix(1, 0), KeyRing.draw());
                ErasureIT.tell(
                        settings, values, Channel.PSEUDONYM_KEYS, half.key(), Objects.requireNonNull(half.value()));
                assertThatThrownBy(() -> Loop.start(settings))
                        .isInstanceOf(TopicsRefused.class)
                        .hasMessageContaining(topic + ": no key for some subjects");

                ErasureIT.tell(settings, values, Channel.PSEUDONYM_KEYS, Prefix.ROOT.text(), root);
                tombstone(settings, half.key());
                try (Loop loop = Loop.start(settings)) {
                    assertThat(loop.awaitRunning(ErasureIT.PATIENCE)).isTrue();
                    ErasureIT.tell(settings, values, Channel.INTERACTIONS, "ann-2", interaction("ann-2", "ann"));
                    CommittedLogs logs = ErasureIT.await(
                            settings, values, found -> registered(found).containsKey("ann-2"));
                    assertThat(registered(logs)).containsEntry("ann-2", ann);
                }
            }
        }
    }

    private static void tombstone(LoopSettings settings, String key) {
        Map<String, Object> config = Map.of("bootstrap.servers", settings.bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(settings.topic(Channel.PSEUDONYM_KEYS), key, null));
        }
    }

    private static Loop start(LoopSettings settings) {
        try {
            return Loop.start(settings);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Every name of a subject that follows from one record of the topic, also from those that a later one replaces. */
    private static Set<String> computable(LoopSettings settings, CommittedLogs logs, String subjectId) {
        Set<String> names = new TreeSet<>();
        long path = KeyTree.path(settings.secretSeed(), subjectId);
        for (LogView.Logged record : logs.records(Channel.PSEUDONYM_KEYS)) {
            KnownKeys known = new KnownKeys(settings.keys());
            known.read(Objects.requireNonNull(record.key()), (PseudonymKey) record.value());
            try {
                names.add(known.pseudonym(path, subjectId, null));
            } catch (IllegalStateException elsewhere) {
                continue;
            }
        }
        return names;
    }

    /** The subjects by their interactions, as the journal has them. */
    private static Map<String, String> registered(CommittedLogs logs) {
        Map<String, String> subjects = new HashMap<>();
        logs.records(Channel.SUBJECTS_JOURNAL).stream()
                .map(record -> ((SubjectsEvent) Objects.requireNonNull(record.value())).getRegistered())
                .filter(Objects::nonNull)
                .forEach(each -> subjects.put(each.getInteractionId(), each.getSubject()));
        return subjects;
    }

    private static List<String> consents(CommittedLogs logs) {
        return logs.records(Channel.SUBJECTS_JOURNAL).stream()
                .map(record -> ((SubjectsEvent) Objects.requireNonNull(record.value())).getConsent())
                .filter(Objects::nonNull)
                .map(ConsentAccepted::getSubject)
                .toList();
    }

    private static Consent erasure(String eventId) {
        return new Consent(eventId, "kim", ConsentKind.ERASE, List.of(), System.currentTimeMillis(), "officer");
    }

    private static Interaction interaction(String id, String subjectId) {
        return Interaction.newBuilder()
                .setEventId(id)
                .setInteractionId(id)
                .setSubjectId(subjectId)
                .setOccurredAtMs(System.currentTimeMillis())
                .setPrompt(List.of(new Message("user", "What is it?")))
                .setCandidates(List.of(Candidate.newBuilder()
                        .setCandidateId("a")
                        .setModelId("tutor")
                        .setText("It is hot.")
                        .build()))
                .build();
    }
}
