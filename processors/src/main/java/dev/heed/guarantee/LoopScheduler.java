package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.journal.Tick;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Runs all stages of a loop over several partitions in memory, in an order drawn from a seed. A task reads ahead of
 * what it has committed, its output is seen by others only when it commits, and it may crash: then its output since the
 * last commit is gone and its state is rebuilt from its committed facts alone.
 */
public final class LoopScheduler implements LogView {
    private final int partitions;
    private final SplittableRandom random;
    private final Map<Channel, List<List<Logged>>> topics = new EnumMap<>(Channel.class);
    private final List<Task> tasks = new ArrayList<>();
    private final double crashProbability;
    private long crashes;

    /**
     * @param partitions how many partitions every topic has, from 1
     * @param seed the same seed and calls give the same run
     * @param crashProbability chance that a task crashes instead of committing, 0 to below 1
     */
    public LoopScheduler(int partitions, List<Stage> stages, long seed, double crashProbability) {
        this.partitions = partitions;
        this.random = new SplittableRandom(seed);
        this.crashProbability = crashProbability;
        for (Channel channel : Channel.values()) {
            List<List<Logged>> logs = new ArrayList<>();
            for (int p = 0; p < partitions; p++) {
                logs.add(new ArrayList<>());
            }
            topics.put(channel, logs);
        }
        for (Stage stage : stages) {
            for (int p = 0; p < partitions; p++) {
                tasks.add(new Task(new StageRunner(stage), p));
            }
        }
    }

    /** Puts a record into a topic, as a producer or as intake would. */
    public void send(Outgoing outgoing) {
        append(outgoing, -1);
    }

    /** Puts an envelope into the journal partition its key hashes to. */
    public void send(Channel journal, String key, SpecificRecord envelope) {
        send(new Outgoing(journal, key, envelope, Destination.BY_KEY));
    }

    /** Puts a tick into every partition of every journal. */
    public void tick(long nowMs) {
        for (Task task : tasks) {
            Stage stage = task.runner.stage();
            SpecificRecord envelope = new Envelope(stage.journalSchema()).wrap(new Tick(nowMs));
            log(stage.journal(), task.partition).add(logged(stage.journal(), task.partition, "tick", envelope));
        }
    }

    /** Lets a task, drawn by the seed, do something; false when no task has anything to do. */
    public boolean step() {
        List<Task> ready = tasks.stream().filter(Task::hasWork).toList();
        if (ready.isEmpty()) {
            return false;
        }
        ready.get(random.nextInt(ready.size())).doSomething();
        return true;
    }

    /** Runs until nothing is left to do. */
    public void runToEnd() {
        while (step()) {
            // each step is the work
        }
    }

    /** How many crashes the run has had. */
    public long crashes() {
        return crashes;
    }

    /** The state of a stage's task; what it has decided but not committed is in it. */
    public MemoryState state(String stage, int partition) {
        return tasks.stream()
                .filter(task -> task.runner.stage().name().equals(stage) && task.partition == partition)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("stage: " + stage + " (expected: one of the loop's)"))
                .state;
    }

    @Override
    public List<Logged> records(Channel channel) {
        List<Logged> all = new ArrayList<>();
        Objects.requireNonNull(topics.get(channel)).forEach(all::addAll);
        return all;
    }

    private List<Logged> log(Channel channel, int partition) {
        return Objects.requireNonNull(topics.get(channel)).get(partition);
    }

    private void append(Outgoing outgoing, int ownPartition) {
        switch (outgoing.destination()) {
            case ALL_PARTITIONS -> {
                for (int p = 0; p < partitions; p++) {
                    append(outgoing.channel(), p, outgoing.key(), outgoing.value());
                }
            }
            case OWN_PARTITION -> append(outgoing.channel(), ownPartition, outgoing.key(), outgoing.value());
            case BY_KEY ->
                append(outgoing.channel(), partitionOf(outgoing.partitionKey()), outgoing.key(), outgoing.value());
        }
    }

    private void append(Channel channel, int partition, String key, @Nullable SpecificRecord value) {
        log(channel, partition).add(logged(channel, partition, key, value));
    }

    private Logged logged(Channel channel, int partition, String key, @Nullable SpecificRecord value) {
        return new Logged(channel.baseName(), partition, log(channel, partition).size(), key, value);
    }

    /** The partition Kafka's default partitioner gives the key. */
    private int partitionOf(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** One stage over one partition. */
    private final class Task {
        private static final double COMMIT_PROBABILITY = 0.3;

        private final StageRunner runner;
        private final int partition;
        private MemoryState state = new MemoryState();
        private int position;
        private int committedPosition;
        private final List<Outgoing> uncommitted = new ArrayList<>();

        Task(StageRunner runner, int partition) {
            this.runner = runner;
            this.partition = partition;
        }

        private List<Logged> journal() {
            return log(runner.stage().journal(), partition);
        }

        boolean hasWork() {
            return position < journal().size() || position != committedPosition;
        }

        void doSomething() {
            boolean mustCommit = position == journal().size();
            if (mustCommit || (position != committedPosition && random.nextDouble() < COMMIT_PROBABILITY)) {
                if (random.nextDouble() < crashProbability) {
                    crash();
                } else {
                    commit();
                }
                return;
            }
            Logged next = journal().get(position);
            StageRunner.Outcome outcome = runner.step(
                    state,
                    next.offset(),
                    Objects.requireNonNullElse(next.key(), ""),
                    Objects.requireNonNull(next.value()));
            uncommitted.addAll(outcome.outgoing());
            position++;
        }

        private void commit() {
            uncommitted.forEach(outgoing -> append(outgoing, partition));
            uncommitted.clear();
            committedPosition = position;
        }

        private void crash() {
            crashes++;
            uncommitted.clear();
            position = committedPosition;
            state = new MemoryState();
            for (Logged fact : log(runner.stage().facts(), partition)) {
                runner.apply(state, Objects.requireNonNull(fact.value()));
            }
            journal().subList(0, committedPosition).forEach(this::restoreClock);
        }

        private void restoreClock(Logged logged) {
            runner.advanceClock(state, Objects.requireNonNull(logged.value()));
        }
    }
}
