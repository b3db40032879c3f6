package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.intake.Lane;
import dev.heed.intake.PublicInput;
import dev.heed.registry.MemoryRegistryClient;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.topology.LoopTopology.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.api.Test;

class LoopTopologyTest {
    private static final LoopSettings SETTINGS = DriverLoop.settings("heed");

    @Test
    void theBulkApplicationIsAsWritten() throws IOException {
        golden("bulk", loop().bulk());
    }

    @Test
    void theUrgentApplicationIsAsWritten() throws IOException {
        golden("urgent", loop().urgent());
    }

    @Test
    void theHotApplicationIsAsWritten() throws IOException {
        golden("hot", loop().hot());
    }

    @Test
    void theSlowApplicationIsAsWritten() throws IOException {
        golden("slow", loop().slow());
    }

    @Test
    void theApplicationOfTheTreesIsAsWritten() throws IOException {
        golden("audit", loop().audit());
    }

    @Test
    void noStageWritesItsOwnJournalButGatesWhichCountAttemptsInOnePlace() {
        Set<String> both = new TreeSet<>();
        for (Subtopology part : parts(loop().all())) {
            Set<String> ofPart = new HashSet<>(read(part));
            ofPart.retainAll(written(part));
            // The materializer reads texts and erases them: a deletion that it reads back changes nothing.
            ofPart.remove(SETTINGS.topic(Channel.CONTENTS));
            ofPart.remove(SETTINGS.topic(Channel.CONTENT_KEYS));
            both.addAll(ofPart);
        }
        assertThat(both).containsExactly(SETTINGS.topic(Channel.GATES_JOURNAL));
    }

    @Test
    void eachStageStandsAloneWithItsJournalAndItsOneStore() {
        List<Subtopology> parts = parts(loop().all());
        Map<String, Subtopology> byProcessor = new HashMap<>();
        for (Subtopology part : parts) {
            List<Processor> processors = nodes(part, Processor.class);
            assertThat(processors).hasSize(1);
            assertThat(processors.get(0).stores())
                    .containsExactly(processors.get(0).name() + "-store");
            byProcessor.put(processors.get(0).name(), part);
        }
        for (Stage stage : LoopTopology.stages(SETTINGS.secretSeed())) {
            assertThat(read(byProcessor, stage.name())).containsExactly(SETTINGS.topic(stage.journal()));
        }
        assertThat(read(byProcessor, "materializer"))
                .containsExactly(
                        SETTINGS.topic(Channel.CONTENT_KEYS),
                        SETTINGS.topic(Channel.CONTENTS),
                        SETTINGS.topic(Channel.DATASET_LOG),
                        SETTINGS.topic(Channel.ERASURES));
        assertThat(byProcessor)
                .hasSize(LoopTopology.stages(SETTINGS.secretSeed()).size() + Lane.values().length + 1);
    }

    @Test
    void whatPeopleDecideDoesNotStandInTheLaneOfWhatHappens() {
        assertThat(read(parts(loop().bulk()).get(0)))
                .containsExactlyInAnyOrder(
                        topics(Channel.INTERACTIONS, Channel.SIGNALS, Channel.FEEDBACK, Channel.EVALUATIONS));
        assertThat(parts(loop().urgent()).stream().flatMap(part -> read(part).stream()))
                .contains(topics(Channel.CONSENTS, Channel.ACTIONS, Channel.POLICIES, Channel.RATERS));
    }

    @Test
    void allThatCanWaitBehindIntakeIsLookedAt() {
        Set<String> read = new TreeSet<>();
        parts(loop().all()).forEach(part -> read.addAll(read(part)));
        for (PublicInput input : PublicInput.values()) {
            read.remove(SETTINGS.topic(input.channel()));
        }
        assertThat(topics(LoopTopology.behindIntake().toArray(Channel[]::new)))
                .containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void whatIsReadIsWrittenByTheWorldOrByTheLoop() {
        Set<String> written = new TreeSet<>();
        Set<String> read = new TreeSet<>();
        for (Subtopology part : parts(loop().all())) {
            written.addAll(written(part));
            read.addAll(read(part));
        }
        for (TopicSpec spec : TopicCatalog.all()) {
            if (spec.writers().isEmpty()) {
                assertThat(read).contains(spec.name("heed"));
                assertThat(written).doesNotContain(spec.name("heed"));
            }
        }
        read.removeAll(written);
        assertThat(read).hasSize(8);
    }

    private static LoopTopology loop() {
        return new LoopTopology(
                SETTINGS, new HeedAvroSerde<>(new MemoryRegistryClient()), () -> 0L, StoreKind.ROCKS_DB);
    }

    private static void golden(String name, Topology topology) throws IOException {
        Path file = Path.of(System.getProperty("heed.root", ".."), "topology/src/test/resources/golden", name + ".txt");
        String found = topology.describe().toString();
        if (System.getProperty("heed.golden", "check").equals("write")) {
            Files.writeString(file, found);
        }
        assertThat(found)
                .as("A stage that moved takes its store's folder with it. If it is meant: -Dheed.golden=write")
                .isEqualTo(Files.readString(file));
    }

    private static String[] topics(Channel... channels) {
        return Stream.of(channels).map(SETTINGS::topic).toArray(String[]::new);
    }

    private static List<Subtopology> parts(Topology topology) {
        return List.copyOf(topology.describe().subtopologies());
    }

    private static Set<String> read(Map<String, Subtopology> byProcessor, String processor) {
        return read(Objects.requireNonNull(byProcessor.get(processor), processor));
    }

    private static Set<String> read(Subtopology part) {
        Set<String> topics = new TreeSet<>();
        nodes(part, Source.class).forEach(source -> topics.addAll(source.topicSet()));
        return topics;
    }

    private static Set<String> written(Subtopology part) {
        Set<String> topics = new TreeSet<>();
        nodes(part, Sink.class).forEach(sink -> topics.add(sink.topic()));
        return topics;
    }

    private static <T extends TopologyDescription.Node> List<T> nodes(Subtopology part, Class<T> type) {
        return part.nodes().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
