package dev.heed.topology;

import dev.heed.audit.AuditProcessor;
import dev.heed.audit.AuditedLog;
import dev.heed.calibration.CalibrationStage;
import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.gates.GatesStage;
import dev.heed.intake.Intake;
import dev.heed.intake.IntakeProcessor;
import dev.heed.intake.Lane;
import dev.heed.intake.PublicInput;
import dev.heed.intake.RecordDecoder;
import dev.heed.items.ItemsStage;
import dev.heed.materializer.Materializer;
import dev.heed.materializer.MaterializerProcessor;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.queues.QueuesStage;
import dev.heed.stream.Sinks;
import dev.heed.stream.StageProcessor;
import dev.heed.subjects.SubjectsStage;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import dev.heed.versions.VersionsStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

/**
 * The wiring of the stages. New stages are added last: the folders of stores follow the numbers of sub-topologies.
 */
public final class LoopTopology {
    /** Names of the stores of a stage, one each. */
    private static final String STORE_SUFFIX = "-store";

    /** A segment of text is closed by the first record after its lag, so an erasure is late by a heartbeat at most. */
    private static final int HEARTBEATS_PER_LAG = 4;

    /** What the materializer reads. */
    private static final List<Channel> MATERIALIZED =
            List.of(Channel.DATASET_LOG, Channel.CONTENTS, Channel.CONTENT_KEYS, Channel.ERASURES);

    private final LoopSettings settings;
    private final Serde<SpecificRecord> values;
    private final LongSupplier clockMs;
    private final StoreKind storeKind;
    private final KnownKeys known;
    private final Topology topology;

    /** Where stores keep their entries. */
    public enum StoreKind {
        ROCKS_DB,
        /** For the driver, where nothing outlives the process. */
        IN_MEMORY
    }

    /** A wiring in memory alone, whose pseudonyms follow from the secret seed. */
    public LoopTopology(
            LoopSettings settings, Serde<SpecificRecord> values, LongSupplier clockMs, StoreKind storeKind) {
        this(settings, values, clockMs, storeKind, KnownKeys.ofSeed(settings.secretSeed()));
    }

    /**
     * @param values serde of all values, shared by all threads
     * @param clockMs the only clock of the loop, milliseconds since the epoch
     * @param known what the process knows of the keys that pseudonyms are made under
     */
    public LoopTopology(
            LoopSettings settings,
            Serde<SpecificRecord> values,
            LongSupplier clockMs,
            StoreKind storeKind,
            KnownKeys known) {
        this.known = known;
        this.settings = settings;
        this.values = values;
        this.clockMs = clockMs;
        this.storeKind = storeKind;
        this.topology = new Topology(new TopologyConfig(new StreamsConfig(StreamsSettings.of(settings, "topology"))));
    }

    /** The application that takes in what happens, and may be held back alone. */
    public Topology bulk() {
        addIntake(Lane.BULK);
        return topology;
    }

    /** The application of what people decide: its intake, and subjects. */
    public Topology urgent() {
        addIntake(Lane.URGENT);
        addStage(SubjectsStage::create);
        return topology;
    }

    /** The application on the critical path: items, materializer. */
    public Topology hot() {
        addStage(() -> ItemsStage.create(settings.secretSeed()));
        addMaterializer();
        return topology;
    }

    /** The application beside it: queues, calibration, gates, versions. */
    public Topology slow() {
        addStage(() -> QueuesStage.create(settings.secretSeed()));
        addStage(CalibrationStage::create);
        addStage(() -> GatesStage.create(settings.secretSeed()));
        addStage(VersionsStage::create);
        return topology;
    }

    /** The application apart from what it reads: the trees over all journals and facts. */
    public Topology audit() {
        addAudit();
        return topology;
    }

    /** All these in one, for the topology driver; that of the trees reads what they read, which one topology cannot twice. */
    public Topology all() {
        bulk();
        urgent();
        hot();
        return slow();
    }

    /** The stages that have a journal, made with the settings' secret seed: what replay decides again. */
    public static List<Stage> stages(byte[] secretSeed) {
        return List.of(
                ItemsStage.create(secretSeed),
                QueuesStage.create(secretSeed),
                CalibrationStage.create(),
                GatesStage.create(secretSeed),
                SubjectsStage.create(),
                VersionsStage.create());
    }

    /** All topics in which work can wait for the applications behind intake. */
    static List<Channel> behindIntake() {
        List<Channel> channels = new ArrayList<>(MATERIALIZED);
        stages(new byte[LoopSettings.MIN_SEED_BYTES]).forEach(stage -> channels.add(stage.journal()));
        return channels;
    }

    /** The highest decision level that this code can do, by stage. */
    public static Map<String, Integer> highestLevels() {
        return stages(new byte[LoopSettings.MIN_SEED_BYTES]).stream()
                .collect(Collectors.toMap(Stage::name, Stage::highestLevel));
    }

    private void addIntake(Lane lane) {
        String name = lane.processor();
        Map<String, PublicInput> inputs = new HashMap<>();
        List<String> sources = new ArrayList<>();
        for (PublicInput input : lane.inputs()) {
            inputs.put(settings.topic(input.channel()), input);
            sources.add(addSource(name, input.channel(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }
        Sinks sinks = new Sinks(name, TopicCatalog.writtenBy(Intake.STAGE));
        Map<String, Integer> levels = highestLevels();
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

    private void addStage(Supplier<Stage> maker) {
        Stage stage = maker.get();
        String source = addSource(stage.name(), stage.journal(), new StringDeserializer(), values.deserializer());
        Sinks sinks = new Sinks(stage.name(), TopicCatalog.writtenBy(stage.name()));
        topology.addProcessor(stage.name(), StageProcessor.supplier(maker, stage.name() + STORE_SUFFIX, sinks), source);
        finish(stage.name(), sinks);
    }

    private void addMaterializer() {
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

    private void addAudit() {
        String name = AuditProcessor.NAME;
        Map<String, AuditedLog> logs = new HashMap<>();
        List<String> sources = new ArrayList<>();
        for (AuditedLog log : AuditedLog.of(stages(settings.secretSeed()))) {
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
        KeyValueBytesStoreSupplier kind = storeKind == StoreKind.IN_MEMORY
                ? Stores.inMemoryKeyValueStore(name)
                : Stores.persistentKeyValueStore(name);
        return Stores.keyValueStoreBuilder(kind, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(changelog)
                .withCachingDisabled();
    }
}
