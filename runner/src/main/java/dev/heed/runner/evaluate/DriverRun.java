package dev.heed.runner.evaluate;

import dev.heed.core.Channel;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.policy.Policy;
import dev.heed.registry.MemoryRegistryClient;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.topology.LoopSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import dev.heed.topology.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * A study through the loop's real topology without a broker: one partition, so labels are worked off in the very order
 * in which they arrive.
 */
final class DriverRun implements AutoCloseable {
    /** Outputs are held in memory until they are read, so they are read now and then. */
    private static final int DRAIN_EVERY = 500;
    /** Longer than agreement waits between two reports. */
    private static final Duration UNTIL_REPORTED = Duration.ofSeconds(30);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final TemporaryDirectory stateDir = TemporaryDirectory.create();
    private final LoopSettings settings;
    private final String scope = "evaluate-" + UUID.randomUUID();
    private final AtomicLong clockMs;
    private final Serde<SpecificRecord> values;
    private final TopologyTestDriver driver;

    DriverRun(long nowMs) {
        this.settings = new LoopSettings(
                LoopSettings.DEFAULT_PREFIX,
                "none:1",
                "memory://" + scope,
                LoopSettings.DEFAULT_SERDE,
                new byte[LoopSettings.MIN_SEED_BYTES],
                stateDir.path(),
                "evaluate",
                1,
                (short) 1,
                1,
                LoopSettings.DEFAULT_COMMIT_INTERVAL,
                TICK,
                Map.of());
        this.clockMs = new AtomicLong(nowMs);
        this.values = LoopSerde.of(settings);
        this.driver = new TopologyTestDriver(
                new LoopTopology(settings, values, clockMs::get, LoopTopology.StoreKind.IN_MEMORY).all(),
                StreamsSettings.of(settings, "driver"),
                Instant.ofEpochMilli(nowMs));
    }

    /** Puts the study through and returns when its last label is judged. */
    void run(LabelStudy study, StudyEvents events, StudyOutcome outcome) {
        advance(TICK);
        Policy policy = events.policy();
        input(Channel.POLICIES).pipeInput("policy", policy);
        TestInputTopic<String, SpecificRecord> interactions = input(Channel.INTERACTIONS);
        for (Interaction interaction : events.interactions()) {
            interactions.pipeInput(interaction.getInteractionId(), interaction);
        }
        drain(outcome);
        TestInputTopic<String, SpecificRecord> labels = input(Channel.FEEDBACK);
        for (int i = 0; i < study.labels().size(); i++) {
            Feedback feedback = events.feedback(i);
            labels.pipeInput(feedback.getInteractionId(), feedback);
            if (i % DRAIN_EVERY == 0) {
                drain(outcome);
            }
        }
        drain(outcome);
    }

    /** Lets time pass until agreement is reported. */
    void report(StudyOutcome outcome) {
        for (Duration passed = Duration.ZERO; passed.compareTo(UNTIL_REPORTED) < 0; passed = passed.plus(TICK)) {
            advance(TICK);
        }
        drain(outcome);
    }

    private void advance(Duration by) {
        clockMs.addAndGet(by.toMillis());
        driver.advanceWallClockTime(by);
    }

    private TestInputTopic<String, SpecificRecord> input(Channel channel) {
        return driver.createInputTopic(settings.topic(channel), new StringSerializer(), values.serializer());
    }

    private void drain(StudyOutcome outcome) {
        String judgments = settings.topic(Channel.JUDGMENTS);
        String facts = settings.topic(Channel.CALIBRATION_FACTS);
        for (String topic : Set.copyOf(driver.producedTopicNames())) {
            boolean told = topic.equals(judgments) || topic.equals(facts);
            TestOutputTopic<byte[], byte[]> output =
                    driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            while (!output.isEmpty()) {
                byte[] value = output.readValue();
                if (told && value != null) {
                    outcome.read(values.deserializer().deserialize(topic, value));
                }
            }
        }
    }

    @Override
    public void close() {
        try (stateDir) {
            driver.close();
            MemoryRegistryClient.drop(scope);
        }
    }
}
