package dev.heed.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Coordinates;
import dev.heed.fact.IntakeFact;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.Tick;
import dev.heed.out.DeadLetter;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.registry.MemoryRegistryClient;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.stream.Sinks;
import dev.heed.text.PlainTextVault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Intake in its processor: from a producer's bytes to topics. */
class IntakeProcessorTopologyTest {
    private static final Set<Channel> CHANNELS = Set.of(
            Channel.ITEMS_JOURNAL,
            Channel.QUEUES_JOURNAL,
            Channel.CALIBRATION_JOURNAL,
            Channel.GATES_JOURNAL,
            Channel.SUBJECTS_JOURNAL,
            Channel.VERSIONS_JOURNAL,
            Channel.INTAKE_FACTS,
            Channel.CONTENTS,
            Channel.CONTENT_KEYS,
            Channel.PSEUDONYM_KEYS,
            Channel.DEAD_LETTERS);

    private final AtomicLong clockMs = new AtomicLong(Samples.NOW_MS);
    private final HeedAvroSerde<SpecificRecord> serde = new HeedAvroSerde<>(new MemoryRegistryClient());
    private final TopologyTestDriver driver = new TopologyTestDriver(topology(), config());

    @AfterEach
    void close() {
        driver.close();
    }

    @ParameterizedTest
    @EnumSource(PublicInput.class)
    void goodPoisonAndAgainOnEveryInput(PublicInput input) {
        byte[] good = serde.serializer().serialize(input.channel().baseName(), Samples.of(input));
        send(input, good);
        send(input, "poison".getBytes(StandardCharsets.UTF_8));
        send(input, null);
        send(input, good);

        assertThat(values(Channel.DEAD_LETTERS))
                .extracting(value -> ((DeadLetter) value).getSource())
                .containsExactly(at(input, 1), at(input, 2));
        assertThat(values(Channel.INTAKE_FACTS))
                .extracting(value -> ((IntakeFact) value).getSource())
                .containsExactly(at(input, 3));
        assertThat(CHANNELS.stream().filter(channel -> channel.baseName().endsWith(".journal")))
                .flatMap(this::values)
                .extracting(value -> value.get(0))
                .filteredOn(Objects::nonNull)
                .isNotEmpty()
                .containsOnly(at(input, 0));
    }

    @Test
    void theClockIsReadOnceASecondAndWrittenToEveryJournal() {
        clockMs.addAndGet(1_500);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        for (Channel channel : CHANNELS) {
            boolean journal = channel.baseName().endsWith(".journal");
            boolean heartbeat =
                    channel == Channel.CONTENTS || channel == Channel.CONTENT_KEYS || channel == Channel.PSEUDONYM_KEYS;
            assertThat(values(channel)).as(channel.baseName()).hasSize(journal || heartbeat ? 1 : 0);
        }
        clockMs.addAndGet(1_000);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(values(Channel.ITEMS_JOURNAL))
                .extracting(value -> ((ItemsEvent) value).getTick())
                .containsExactly(new Tick(Samples.NOW_MS + 2_500));
    }

    private void send(PublicInput input, byte @Nullable [] value) {
        driver.createInputTopic(input.channel().baseName(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(Samples.key(input).getBytes(StandardCharsets.UTF_8), value);
    }

    private List<SpecificRecord> values(Channel channel) {
        return driver.createOutputTopic(channel.baseName(), new StringDeserializer(), serde.deserializer())
                .readValuesToList();
    }

    private static Coordinates at(PublicInput input, long offset) {
        return new Coordinates(input.channel().baseName(), 0, offset);
    }

    private Topology topology() {
        Map<String, PublicInput> inputs = new HashMap<>();
        for (PublicInput input : PublicInput.values()) {
            inputs.put(input.channel().baseName(), input);
        }
        Sinks sinks = new Sinks("intake", CHANNELS);
        IntakeProcessor.Setup setup = new IntakeProcessor.Setup(
                (partition, startMs) -> new Intake(
                        IntakeTrial.SEED,
                        IntakeTrial.LEVELS,
                        new PlainTextVault(),
                        KnownKeys.ofSeed(IntakeTrial.SEED),
                        startMs,
                        new Intake.Place(Lane.URGENT, partition, 1),
                        IntakeTrial.HEARTBEAT_MS),
                new RecordDecoder(serde.deserializer()),
                inputs,
                clockMs::get,
                Duration.ofSeconds(1),
                "intake",
                sinks);
        Topology topology = new Topology()
                .addSource(
                        "inputs",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        inputs.keySet().toArray(String[]::new))
                .addProcessor("intake", IntakeProcessor.supplier(setup), "inputs")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore("intake"), Serdes.Bytes(), Serdes.ByteArray()),
                        "intake");
        sinks.addTo(topology, Channel::baseName, serde.serializer());
        return topology;
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        return config;
    }
}
