package dev.heed.topology;

import dev.heed.audit.AuditProcessor;
import dev.heed.audit.AuditedLog;
import dev.heed.core.Channel;
import dev.heed.core.Levels;
import dev.heed.core.Stage;
import dev.heed.intake.Intake;
import dev.heed.intake.IntakeProcessor;
import dev.heed.intake.Lane;
import dev.heed.intake.PublicInput;
import dev.heed.intake.RecordDecoder;
import dev.heed.materializer.Materializer;
import dev.heed.materializer.MaterializerProcessor;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.stream.Sinks;
import dev.heed.stream.StageProcessor;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** How each kind of processor gets its sources, its store and its sinks in a topology. */
final class Wiring {
    /** What the materializer reads. */
    static final List<Channel> MATERIALIZED =
            List.of(Channel.DATASET_LOG, Channel.CONTENTS, Channel.CONTENT_KEYS, Channel.ERASURES);

    /** Names of the stores of a stage, one each. */
    private static final String STORE_SUFFIX = "-store";

    /** A segment of text is closed by the first record after its lag, so an erasure is late by a heartbeat at most. */
    private static final int HEARTBEATS_PER_LAG = 4;

    private final LoopSettings settings;
    private final Serde<SpecificRecord> values;
    private final LongSupplier clockMs;
    private final LoopTopology.StoreKind storeKind;
    private final KnownKeys known;
    private final Topology topology;

    Wiring(
            LoopSettings settings,
            Serde<SpecificRecord> values,
            LongSupplier clockMs,
            LoopTopology.StoreKind storeKind,
            KnownKeys known) {
        this.settings = settings;
        this.values = values;
        this.clockMs = clockMs;
        this.storeKind = storeKind;
        this.known = known;
        this.topology = new Topology(new TopologyConfig(new StreamsConfig(StreamsSettings.of(settings, "topology"))));
    }

    /** What was wired so far. */
    Topology topology() {
        return topology;
    }

    void addIntake(Lane lane) {
        String name = lane.processor();
        Map<String, PublicInput> inputs = new HashMap<>();
        List<String> sources = new ArrayList<>();
        for (PublicInput input : lane.inputs()) {
            inputs.put(settings.topic(input.channel()), input);
            sources.add(addSource(name, input.channel(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }
        Sinks sinks = new Sinks(name, TopicCatalog.writtenBy(Intake.STAGE));
        Map<String, Levels> levels = LoopTopology.levels();
        TextVault vault = new SealedTextVault(settings.keys());
        long heartbeatMs = Math.max(1, settings.textLag().toMillis() / HEARTBEATS_PER_LAG);
        IntakeProcessor.Setup setup = new IntakeProcessor.Setup(
                (partition, startMs) -> new Intake(
                        settings.secretSeed(),
                        levels,
                        vault,
                        known,
                        startMs,
                        new Intake.Place(lane, partition, settings.partitions()),
                        heartbeatMs),
                new RecordDecoder(InputDeserializer.of(values.deserializer())),
                inputs,
                clockMs,
                settings.tickInterval(),
                name + STORE_SUFFIX,
                sinks);
        topology.addProcessor(name, IntakeProcessor.supplier(setup), sources.toArray(String[]::new));
        // Its store holds leaves of pseudonyms, which an erasure ends.
        finish(name, sinks, TopicSpec.textConfigs(settings.textLag()));
    }

    void addStage(Supplier<Stage> maker) {
        Stage stage = maker.get();
        String source = addSource(stage.name(), stage.journal(), new StringDeserializer(), values.deserializer());
        Sinks sinks = new Sinks(stage.name(), TopicCatalog.writtenBy(stage.name()));
        topology.addProcessor(stage.name(), StageProcessor.supplier(maker, stage.name() + STORE_SUFFIX, sinks), source);
        finish(stage.name(), sinks);
    }

    void addMaterializer() {
        String name = "materializer";
        String[] sources = MATERIALIZED.stream()
                .map(channel -> addSource(name, channel, new StringDeserializer(), values.deserializer()))
                .toArray(String[]::new);
        Sinks sinks = new Sinks(name, TopicCatalog.writtenBy(name));
        MaterializerProcessor.Setup setup = new MaterializerProcessor.Setup(
                new Materializer(new SealedTextVault(settings.keys())),
                name + STORE_SUFFIX,
                settings.topic(Channel.CONTENTS),
                settings.topic(Channel.CONTENT_KEYS),
                sinks);
        topology.addProcessor(name, MaterializerProcessor.supplier(setup), sources);
        finish(name, sinks, TopicSpec.textConfigs(settings.textLag()));
    }

    void addAudit() {
        String name = AuditProcessor.NAME;
        Map<String, AuditedLog> logs = new HashMap<>();
        List<String> sources = new ArrayList<>();
        for (AuditedLog log : AuditedLog.of(LoopTopology.stages(settings.secretSeed()))) {
            logs.put(settings.topic(log.channel()), log);
            sources.add(addSource(name, log.channel(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }
        Sinks sinks = new Sinks(name, TopicCatalog.writtenBy(name));
        AuditProcessor.Setup setup = new AuditProcessor.Setup(logs, name + STORE_SUFFIX, sinks);
        topology.addProcessor(name, AuditProcessor.supplier(setup), sources.toArray(String[]::new));
        finish(name, sinks);
    }

    private String addSource(String processor, Channel channel, Deserializer<?> keys, Deserializer<?> values) {
        String source = processor + "-from-" + channel.baseName();
        topology.addSource(source, keys, values, settings.topic(channel));
        return source;
    }

    private void finish(String processor, Sinks sinks) {
        finish(processor, sinks, Map.of());
    }

    private void finish(String processor, Sinks sinks, Map<String, String> changelog) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> store = store(processor + STORE_SUFFIX, changelog);
        // A tree changes with every record, and only what it is at a commit has to be kept.
        topology.addStateStore(processor.equals(AuditProcessor.NAME) ? store.withCachingEnabled() : store, processor);
        sinks.addTo(topology, settings::topic, values.serializer());
    }

    private StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name, Map<String, String> changelog) {
        KeyValueBytesStoreSupplier kind = storeKind == LoopTopology.StoreKind.IN_MEMORY
                ? Stores.inMemoryKeyValueStore(name)
                : Stores.persistentKeyValueStore(name);
        return Stores.keyValueStoreBuilder(kind, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(changelog)
                .withCachingDisabled();
    }
}
