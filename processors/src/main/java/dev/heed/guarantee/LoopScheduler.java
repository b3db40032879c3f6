package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Envelope;
import dev.heed.core.Levels;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.intake.Intake;
import dev.heed.intake.Lane;
import dev.heed.intake.PublicInput;
import dev.heed.journal.Tick;
import dev.heed.out.PseudonymKey;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.text.PlainTextVault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs a whole loop over several partitions in memory, in an order drawn from a seed: intake and every stage, each task
 * reading ahead, committing when the draw says so, and now and then crashing before it does.
 */
public final class LoopScheduler implements LogView {
    private final SimulatedTopics topics;
    private final SplittableRandom random;
    private final double crashProbability;
    private final int partitions;
    private final List<Stage> stages;
    private final List<SimulatedStage> stageTasks = new ArrayList<>();
    private final List<SimulatedTask> tasks = new ArrayList<>();
    private final KnownKeys known;
    private int knownTo;
    private long crashes;

    /**
     * @param partitions how many partitions every topic has, from 1
     * @param secretSeed the loop's secret
     * @param startMs intake's time before the first tick
     * @param seed the same seed and calls give the same run
     * @param crashProbability chance that a task crashes where it would commit, 0 to below 1
     */
    public LoopScheduler(
            int partitions, List<Stage> stages, byte[] secretSeed, long startMs, long seed, double crashProbability) {
        this.partitions = partitions;
        this.stages = List.copyOf(stages);
        this.topics = new SimulatedTopics(partitions);
        this.random = new SplittableRandom(seed);
        this.crashProbability = crashProbability;
        Map<String, Levels> levels = stages.stream().collect(Collectors.toMap(Stage::name, Stage::levels));
        this.known = KnownKeys.ofSeed(secretSeed);
        for (int p = 0; p < partitions; p++) {
            for (Lane lane : Lane.values()) {
                Intake.Place place = new Intake.Place(lane, p, partitions);
                Intake intake =
                        new Intake(secretSeed, levels, new PlainTextVault(), known, startMs, place, Long.MAX_VALUE);
                tasks.add(new SimulatedIntake(topics, intake, lane, p));
            }
            for (Stage stage : stages) {
                stageTasks.add(new SimulatedStage(topics, new StageRunner(stage), p));
            }
        }
        tasks.addAll(stageTasks);
    }

    /** Publishes an event as a producer would; null stands for a record without value. */
    public void publish(PublicInput input, String key, @Nullable SpecificRecord event) {
        topics.append(new Outgoing(input.channel(), key, event, Destination.BY_KEY), -1);
    }

    /** Puts a tick into every partition of every journal. */
    public void tick(long nowMs) {
        for (Stage stage : stages) {
            SpecificRecord tick = new Envelope(stage.journalSchema()).wrap(new Tick(nowMs));
            topics.append(new Outgoing(stage.journal(), "tick", tick, Destination.ALL_PARTITIONS), -1);
        }
    }

    /** Lets a task, drawn by the seed, do something; false when no task has anything to do. */
    public boolean step() {
        learnKeys();
        List<SimulatedTask> ready =
                tasks.stream().filter(SimulatedTask::hasWork).toList();
        if (ready.isEmpty()) {
            return false;
        }
        crashes += ready.get(random.nextInt(ready.size())).act(random, crashProbability) ? 1 : 0;
        return true;
    }

    private void learnKeys() {
        List<Logged> keys = topics.log(Channel.PSEUDONYM_KEYS, 0);
        for (; knownTo < keys.size(); knownTo++) {
            Logged next = keys.get(knownTo);
            known.read(Objects.requireNonNull(next.key()), (PseudonymKey) next.value());
        }
    }

    /** At most this many steps; fewer when nothing is left to do. */
    public void run(int steps) {
        for (int done = 0; done < steps && step(); done++) {
            // each step is the work
        }
    }

    /** Runs until nothing is left to do. */
    public void runToEnd() {
        run(Integer.MAX_VALUE);
    }

    /** How many crashes the run has had. */
    public long crashes() {
        return crashes;
    }

    /** How many partitions every topic has. */
    public int partitions() {
        return partitions;
    }

    /** The state of a stage's task; what it has decided but not committed is in it. */
    public MemoryState state(String stage, int partition) {
        return stageTasks.stream()
                .filter(task -> task.name().equals(stage) && task.partition() == partition)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("stage: " + stage + " (expected: one of the loop's)"))
                .state();
    }

    @Override
    public List<Logged> records(Channel channel) {
        return topics.records(channel);
    }
}
