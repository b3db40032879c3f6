package dev.heed.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Channel;
import dev.heed.core.Envelope;
import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.Outbox;
import dev.heed.core.Stage;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.PairedResult;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GatesFact;
import dev.heed.fact.ResultBuffered;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.Tick;
import dev.heed.state.Clock;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StageProcessorTopologyTest {
    private static final Envelope EVENTS = new Envelope(GatesEvent.getClassSchema());

    private final TopologyTestDriver driver = new TopologyTestDriver(topology(), Journals.config());
    private final TestInputTopic<String, SpecificRecord> journal =
            driver.createInputTopic("gates.journal", new StringSerializer(), Journals.serializer());
    private final TestOutputTopic<String, SpecificRecord> facts = output("gates.facts", GatesFact.getClassSchema());
    private final TestOutputTopic<String, SpecificRecord> results = output("audit", PairedResult.getClassSchema());

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aJournalRecordBecomesFactsAndProjectionsInOrder() {
        journal.pipeInput("tick", EVENTS.wrap(new Tick(5_000L)));
        journal.pipeInput("c", EVENTS.wrap(result("r-1")), 77);
        journal.pipeInput("c", EVENTS.wrap(result("r-2")), 78);

        List<TestRecord<String, SpecificRecord>> written = facts.readRecordsToList();
        assertThat(written)
                .extracting(record -> ((GatesFact) record.value()).getHeader())
                .containsExactly(new FactHeader(1L, 0, "c", 5_000L, 0, 1), new FactHeader(2L, 0, "c", 5_000L, 0, 1));
        assertThat(written).extracting(TestRecord::timestamp).containsOnly(5_000L);
        assertThat(results.readValuesToList()).containsExactly(result("r-1"), result("r-2"));
        assertThat(new StoreState(driver.getKeyValueStore("gates")).get("count", Clock.class))
                .isEqualTo(new Clock(2L));
    }

    @Test
    void beforeTheFirstTickARecordKeepsItsOwnTime() {
        journal.pipeInput("c", EVENTS.wrap(result("r-1")), 77);
        assertThat(facts.readRecord().timestamp()).isEqualTo(77);
    }

    @Test
    void anEnvelopeOfANewerVersionStopsTheStage() {
        assertThatThrownBy(() -> journal.pipeInput("c", new GatesEvent())).hasRootCauseInstanceOf(NotUpgraded.class);
    }

    @Test
    void aChannelThatIsNotTheStagesOwnIsRefused() {
        assertThatThrownBy(() -> new Sinks("gates", Set.of(Channel.GATES_FACTS)).node(Channel.TASKS))
                .hasMessage("gates sent a record to tasks (expected: only channels that the topic catalogue"
                        + " lets it write)");
    }

    private static Topology topology() {
        Sinks sinks = new Sinks("gates", Set.of(Channel.GATES_FACTS, Channel.AUDIT));
        Topology topology = new Topology()
                .addSource(
                        "journal",
                        new StringDeserializer(),
                        Journals.deserializer(GatesEvent.getClassSchema()),
                        "gates.journal")
                .addProcessor(
                        "gates", StageProcessor.supplier(StageProcessorTopologyTest::stage, "gates", sinks), "journal")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore("gates"), Serdes.Bytes(), Serdes.ByteArray())
                                .withCachingDisabled(),
                        "gates");
        sinks.addTo(topology, Channel::baseName, Journals.serializer());
        return topology;
    }

    private static Stage stage() {
        return new Stage(
                "gates",
                Channel.GATES_JOURNAL,
                GatesEvent.getClassSchema(),
                Channel.GATES_FACTS,
                GatesFact.getClassSchema(),
                1,
                Set.of(PairedResult.class),
                List.of(new Counting()));
    }

    /** Counts results and passes them on. */
    private static final class Counting implements Feature {
        @Override
        public void decide(Step step) {
            if (step.event() instanceof PairedResult result) {
                step.emit(new ResultBuffered(result, 0L));
            }
        }

        @Override
        public void apply(State state, FactHeader header, SpecificRecord fact) {
            Clock count = state.get("count", Clock.class);
            state.put("count", new Clock(count == null ? 1 : count.getNowMs() + 1));
        }

        @Override
        public void project(FactHeader header, SpecificRecord fact, Outbox out) {
            out.send(Channel.AUDIT, header.getKey(), ((ResultBuffered) fact).getResult());
        }
    }

    private static PairedResult result(String id) {
        return PairedResult.newBuilder()
                .setEventId(id)
                .setCandidateId("c")
                .setSlice("s")
                .setCluster("k")
                .setDifferenceMicros(0L)
                .setOccurredAtMs(1L)
                .build();
    }

    private TestOutputTopic<String, SpecificRecord> output(String topic, Schema schema) {
        return driver.createOutputTopic(topic, new StringDeserializer(), Journals.deserializer(schema));
    }
}
