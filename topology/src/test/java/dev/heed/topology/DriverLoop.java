package dev.heed.topology;

import dev.heed.core.Channel;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.NothingLost;
import dev.heed.intake.PublicInput;
import dev.heed.materializer.Materializer;
import dev.heed.registry.MemoryRegistryClient;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import dev.heed.topology.LoopTopology.StoreKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole loop in the driver: public bytes in, every topic out, time by hand. */
final class DriverLoop implements LogView, AutoCloseable {
    static final long START_MS = 1_700_000_000_000L;

    private final AtomicLong clockMs = new AtomicLong(START_MS);
    private final HeedAvroSerde<SpecificRecord> serde = new HeedAvroSerde<>(new MemoryRegistryClient());
    private final LoopSettings settings = settings("test");
    private final TopologyTestDriver driver;
    private final Map<Channel, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Channel.class);
    private final Map<Channel, TestOutputTopic<String, SpecificRecord>> outputs = new EnumMap<>(Channel.class);
    private final Map<Channel, List<Logged>> logs = new EnumMap<>(Channel.class);

    DriverLoop() {
        LoopTopology topology = new LoopTopology(settings, serde, clockMs::get, StoreKind.IN_MEMORY);
        driver = new TopologyTestDriver(topology.all(), StreamsSettings.of(settings, "driver"));
        for (Channel channel : Channel.values()) {
            String topic = settings.topic(channel);
            if (NothingLost.INPUTS.contains(channel)) {
                inputs.put(
                        channel, driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer()));
            } else {
                outputs.put(channel, driver.createOutputTopic(topic, new StringDeserializer(), serde.deserializer()));
            }
        }
    }

    static LoopSettings settings(String prefix) {
        return new LoopSettings(
                prefix,
                "localhost:1",
                "memory://" + prefix,
                LoopSettings.DEFAULT_SERDE,
                "a secret of the tests".getBytes(StandardCharsets.UTF_8),
                Path.of("target", "state"),
                "test-1",
                1,
                (short) 1,
                1,
                LoopSettings.DEFAULT_COMMIT_INTERVAL,
                LoopSettings.DEFAULT_TICK_INTERVAL,
                Map.of());
    }

    /** Reads the texts that the loop has kept. */
    TextVault vault() {
        return new SealedTextVault(settings.keys());
    }

    long nowMs() {
        return clockMs.get();
    }

    /** Lets time pass, a tick a second. */
    void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clockMs.addAndGet(1_000);
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    void send(PublicInput input, String key, SpecificRecord event) {
        sendBytes(input, key.getBytes(StandardCharsets.UTF_8), bytes(input, event));
    }

    byte[] bytes(PublicInput input, SpecificRecord event) {
        return serde.serializer().serialize(settings.topic(input.channel()), event);
    }

    void sendBytes(PublicInput input, byte @Nullable [] key, byte @Nullable [] value) {
        List<Logged> log = logs.computeIfAbsent(input.channel(), any -> new ArrayList<>());
        log.add(new Logged(settings.topic(input.channel()), 0, log.size(), null, null));
        Objects.requireNonNull(inputs.get(input.channel())).pipeInput(key, value);
    }

    @Override
    public List<Logged> records(Channel channel) {
        List<Logged> log = logs.computeIfAbsent(channel, any -> new ArrayList<>());
        TestOutputTopic<String, SpecificRecord> output = outputs.get(channel);
        if (output != null) {
            for (TestRecord<String, SpecificRecord> record : output.readRecordsToList()) {
                if (record.key().equals(Materializer.HEARTBEAT)) {
                    continue; // It says nothing, by design.
                }
                log.add(new Logged(settings.topic(channel), 0, log.size(), record.key(), record.value()));
            }
        }
        return List.copyOf(log);
    }

    /** The values of a channel of one class, in order. */
    <T extends SpecificRecord> List<T> values(Channel channel, Class<T> type) {
        return records(channel).stream()
                .map(Logged::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
