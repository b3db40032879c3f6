package dev.heed.runner.pairs;

import dev.heed.core.Channel;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.fact.ClaimChanged;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.DatasetVersion;
import dev.heed.out.DeadLetter;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.registry.MemoryRegistryClient;
import dev.heed.runner.Failure;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.runner.dataset.RowHistory;
import dev.heed.text.KeyRing;
import dev.heed.topology.LoopSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import dev.heed.topology.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Pairs through the loop's real topology without a broker, and what of it datasets are made of. */
final class PairsRun implements RowHistory, AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Outputs are held in memory until they are read, so they are read now and then. */
    private static final int DRAIN_EVERY = 200;

    private final TemporaryDirectory stateDir = TemporaryDirectory.create();
    private final String scope = "pairs-" + UUID.randomUUID();
    private final LoopSettings settings;
    private final AtomicLong clockMs;
    private final Serde<SpecificRecord> values;
    private final TopologyTestDriver driver;
    private final List<Delta> deltas = new ArrayList<>();
    private final List<DatasetVersion> versions = new ArrayList<>();
    private final Map<String, Judgment> judgments = new LinkedHashMap<>();
    private final Map<String, Content> contents = new HashMap<>();
    private final Map<String, ContentKey> keys = new HashMap<>();

    PairsRun(long nowMs) {
        this.settings = new LoopSettings(
                LoopSettings.DEFAULT_PREFIX,
                "none:1",
                "memory://" + scope,
                LoopSettings.DEFAULT_SERDE,
                new byte[LoopSettings.MIN_SEED_BYTES],
                stateDir.path(),
                "pairs",
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

    /** Puts the pairs through, and seals the datasets. */
    void run(List<Pair> pairs, PairEvents events, List<String> datasets) {
        tick();
        put(Channel.POLICIES, "policy", events.policy());
        put(Channel.CONSENTS, events.subject(), events.consent());
        for (int i = 0; i < pairs.size(); i++) {
            Interaction interaction = events.interaction(i, pairs.get(i));
            put(Channel.INTERACTIONS, interaction.getInteractionId(), interaction);
            for (Feedback vote : events.votes(i, pairs.get(i))) {
                put(Channel.FEEDBACK, vote.getInteractionId(), vote);
            }
            if (i % DRAIN_EVERY == 0) {
                drain();
            }
        }
        datasets.forEach(dataset -> put(Channel.ACTIONS, dataset, events.seal(dataset)));
        tick();
        drain();
    }

    /** One more event, and what follows from it. */
    void send(Channel channel, String key, SpecificRecord event) {
        put(channel, key, event);
        tick();
        drain();
    }

    private void put(Channel channel, String key, SpecificRecord value) {
        driver.createInputTopic(settings.topic(channel), new StringSerializer(), values.serializer())
                .pipeInput(key, value);
    }

    private void tick() {
        clockMs.addAndGet(TICK.toMillis());
        driver.advanceWallClockTime(TICK);
    }

    private void drain() {
        Map<String, Channel> read = Map.of(
                settings.topic(Channel.DATASET_LOG), Channel.DATASET_LOG,
                settings.topic(Channel.DATASET_VERSIONS), Channel.DATASET_VERSIONS,
                settings.topic(Channel.JUDGMENTS), Channel.JUDGMENTS,
                settings.topic(Channel.CONTENTS), Channel.CONTENTS,
                settings.topic(Channel.CONTENT_KEYS), Channel.CONTENT_KEYS,
                settings.topic(Channel.DEAD_LETTERS), Channel.DEAD_LETTERS);
        for (String topic : Set.copyOf(driver.producedTopicNames())) {
            TestOutputTopic<String, byte[]> output =
                    driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
            for (TestRecord<String, byte[]> record : output.readRecordsToList()) {
                if (read.containsKey(topic)) {
                    byte[] bytes = record.value();
                    take(
                            record.key(),
                            bytes == null ? null : values.deserializer().deserialize(topic, bytes));
                }
            }
        }
    }

    private void take(String key, @Nullable SpecificRecord value) {
        if (value instanceof Delta delta) {
            deltas.add(delta);
        } else if (value instanceof DatasetVersion version) {
            versions.add(version);
        } else if (value instanceof Judgment judgment) {
            judgments.put(key, judgment);
        } else if (value instanceof DeadLetter letter) {
            throw new Failure("the loop refused what the file became: " + letter.getReason());
        } else if (value instanceof Content content) {
            contents.put(key, content);
        } else if (value instanceof ContentKey dataKey) {
            keys.put(key, dataKey);
        }
    }

    /** Takes a text away, as an erasure does. */
    void erase(String contentKey) {
        keys.remove(contentKey);
    }

    @Override
    public void versions(Consumer<DatasetVersion> reader) {
        versions.forEach(reader);
    }

    @Override
    public void deltas(BiConsumer<Integer, Delta> reader) {
        deltas.forEach(delta -> reader.accept(0, delta));
    }

    @Override
    public void contents(BiConsumer<String, @Nullable Content> reader) {
        contents.forEach(reader);
    }

    @Override
    public void contentKeys(BiConsumer<String, @Nullable ContentKey> reader) {
        keys.forEach(reader);
    }

    @Override
    public KeyRing keyRing() {
        return settings.keys();
    }

    @Override
    public void judgments(Consumer<Judgment> reader) {
        judgments.values().forEach(reader);
    }

    @Override
    public void claims(Consumer<ClaimChanged> reader) {
        // The policy has no rules of datasets.
    }

    @Override
    public void close() {
        try (stateDir) {
            driver.close();
            MemoryRegistryClient.drop(scope);
        }
    }
}
