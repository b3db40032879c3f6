package dev.heed.topology;

import dev.heed.calibration.CalibrationStage;
import dev.heed.core.Channel;
import dev.heed.core.Levels;
import dev.heed.core.Stage;
import dev.heed.gates.GatesStage;
import dev.heed.intake.Lane;
import dev.heed.items.ItemsStage;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.queues.QueuesStage;
import dev.heed.subjects.SubjectsStage;
import dev.heed.versions.VersionsStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.Topology;

/**
 * The stages, and the applications they are in. New ones are added last: the folders of stores follow the numbers of
 * sub-topologies.
 */
public final class LoopTopology {
    private final LoopSettings settings;
    private final Wiring wiring;

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
        this.settings = settings;
        this.wiring = new Wiring(settings, values, clockMs, storeKind, known);
    }

    /** The application that takes in what happens, and may be held back alone. */
    public Topology bulk() {
        wiring.addIntake(Lane.BULK);
        return wiring.topology();
    }

    /** The application of what people decide: its intake, and subjects. */
    public Topology urgent() {
        wiring.addIntake(Lane.URGENT);
        wiring.addStage(SubjectsStage::create);
        return wiring.topology();
    }

    /** The application on the critical path: items, materializer. */
    public Topology hot() {
        wiring.addStage(() -> ItemsStage.create(settings.secretSeed()));
        wiring.addMaterializer();
        return wiring.topology();
    }

    /** The application beside it: queues, calibration, gates, versions. */
    public Topology slow() {
        wiring.addStage(() -> QueuesStage.create(settings.secretSeed()));
        wiring.addStage(CalibrationStage::create);
        wiring.addStage(() -> GatesStage.create(settings.secretSeed()));
        wiring.addStage(VersionsStage::create);
        return wiring.topology();
    }

    /** The application apart from what it reads: the trees over all journals and facts. */
    public Topology audit() {
        wiring.addAudit();
        return wiring.topology();
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
        List<Channel> channels = new ArrayList<>(Wiring.MATERIALIZED);
        stages(new byte[LoopSettings.MIN_SEED_BYTES]).forEach(stage -> channels.add(stage.journal()));
        return channels;
    }

    /** The decision levels that this code can do, by stage, which is what a policy may ask for. */
    public static Map<String, Levels> levels() {
        return stages(new byte[LoopSettings.MIN_SEED_BYTES]).stream()
                .collect(Collectors.toMap(Stage::name, Stage::levels));
    }
}
