package dev.heed.runner.demo;

import dev.heed.core.Channel;
import dev.heed.event.Consent;
import dev.heed.event.RaterProfile;
import dev.heed.registry.MemoryRegistryClient;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.simulator.Pace;
import dev.heed.simulator.People;
import dev.heed.simulator.Publication;
import dev.heed.simulator.Script;
import dev.heed.simulator.StudyBuddy;
import dev.heed.topology.LoopSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import dev.heed.topology.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The demo's world and policy against the loop's topology, in a time of its own: the same on every machine. */
final class VirtualDemo implements AutoCloseable {
    private static final long START_MS = 1_760_000_000_000L;
    private static final int STEP_MS = 50;
    private static final Duration TICK = Duration.ofSeconds(1);

    private final StudyBuddy world;
    private final boolean gold;
    private final Scorecard scorecard;
    private final AtomicLong clockMs = new AtomicLong(START_MS);
    private final TemporaryDirectory stateDir = TemporaryDirectory.create();
    private final String scope = "virtual-" + UUID.randomUUID();
    private final LoopSettings settings = new LoopSettings(
            LoopSettings.DEFAULT_PREFIX,
            "none:1",
            "memory://" + scope,
            LoopSettings.DEFAULT_SERDE,
            new byte[LoopSettings.MIN_SEED_BYTES],
            stateDir.path(),
            "virtual",
            1,
            (short) 1,
            1,
            LoopSettings.DEFAULT_COMMIT_INTERVAL,
            TICK,
            Map.of());
    private final Serde<SpecificRecord> values = LoopSerde.of(settings);
    private final TopologyTestDriver driver = new TopologyTestDriver(
            new LoopTopology(settings, values, clockMs::get, LoopTopology.StoreKind.IN_MEMORY).all(),
            StreamsSettings.of(settings, "driver"),
            Instant.ofEpochMilli(START_MS));

    VirtualDemo(long seed) {
        this(seed, true);
    }

    /** @param gold false if experts keep to themselves what they know */
    VirtualDemo(long seed, boolean gold) {
        this.gold = gold;
        this.world = new StudyBuddy(seed, "v");
        this.scorecard = new Scorecard(world);
    }

    StudyBuddy world() {
        return world;
    }

    /** Lets the world run so long, and the loop a little longer. */
    Scorecard run(Duration duration) {
        pass(TICK);
        publish(Publication.event(Channel.POLICIES, "policy", DemoPolicy.read(false, world)));
        for (RaterProfile rater : world.raters()) {
            publish(Publication.event(Channel.RATERS, rater.getRaterId(), rater));
        }
        for (Consent consent : world.consents()) {
            publish(Publication.event(Channel.CONSENTS, consent.getSubjectId(), consent));
        }
        long startMs = clockMs.get();
        Pace pace = Pace.demo(duration.toMillis());
        Script script = new Script(world, pace, startMs);
        People people = new People(world, pace, startMs, gold);
        for (long nowMs = startMs; nowMs < startMs + pace.durationMs(); nowMs = clockMs.get()) {
            script.until(nowMs).forEach(this::publish);
            people.until(nowMs).forEach(this::publish);
            read(people);
            pass(Duration.ofMillis(STEP_MS));
        }
        for (int i = 0; i < 3; i++) {
            pass(TICK);
        }
        read(people);
        return scorecard;
    }

    private void pass(Duration by) {
        clockMs.addAndGet(by.toMillis());
        driver.advanceWallClockTime(by);
    }

    private void publish(Publication publication) {
        publication.happensAt(clockMs.get());
        String topic = settings.topic(publication.channel());
        byte[] bytes = publication.bytes() != null
                ? publication.bytes()
                : values.serializer().serialize(topic, Objects.requireNonNull(publication.value()));
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(publication.key(), bytes);
        if (publication.channel() == Channel.FEEDBACK && publication.value() != null) {
            seen(Channel.FEEDBACK, publication.key(), bytes, publication.value());
        }
    }

    private void read(People people) {
        for (String topic : Set.copyOf(driver.producedTopicNames())) {
            Channel channel = Stream.of(Scorecard.CHANNELS, Vigilance.CHANNELS, People.READ)
                    .flatMap(List::stream)
                    .filter(each -> settings.topic(each).equals(topic))
                    .findFirst()
                    .orElse(null);
            TestOutputTopic<String, byte[]> output =
                    driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
            while (!output.isEmpty()) {
                TestRecord<String, byte[]> record = output.readRecord();
                if (channel == null) {
                    continue;
                }
                SpecificRecord value =
                        record.value() == null ? null : values.deserializer().deserialize(topic, record.value());
                seen(channel, record.key(), record.value(), value);
                people.receive(value, clockMs.get());
            }
        }
    }

    private void seen(Channel channel, String key, byte @Nullable [] bytes, @Nullable SpecificRecord value) {
        scorecard.read(channel, new ConsumerRecord<>(settings.topic(channel), 0, 0, key, bytes), value, clockMs.get());
    }

    @Override
    public void close() {
        try (stateDir) {
            driver.close();
            MemoryRegistryClient.drop(scope);
        }
    }
}
