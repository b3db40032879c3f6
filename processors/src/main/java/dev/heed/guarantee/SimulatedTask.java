package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One task over one partition of its inputs. It reads ahead of what it has committed; what it writes is seen by others
 * when it commits, and lost when it crashes first.
 */
abstract class SimulatedTask {
    private static final double COMMIT_PROBABILITY = 0.3;

    private final SimulatedTopics topics;
    private final List<Channel> inputs;
    private final int partition;
    private final int[] positions;
    private final int[] committed;
    private final List<Outgoing> uncommitted = new ArrayList<>();

    SimulatedTask(SimulatedTopics topics, List<Channel> inputs, int partition) {
        this.topics = topics;
        this.inputs = List.copyOf(inputs);
        this.partition = partition;
        this.positions = new int[inputs.size()];
        this.committed = new int[inputs.size()];
    }

    /** Decides one record and returns what leaves the task. */
    abstract List<Outgoing> process(Channel input, LogView.Logged record);

    /** Brings the state back to what it was at the last commit. */
    abstract void recover();

    /** Remembers what {@link #recover} needs, if the topics do not hold it. */
    void committed() {}

    /** The task's state, with what is not committed yet. */
    abstract MemoryState state();

    final int partition() {
        return partition;
    }

    /** The records of an input that the task has committed. */
    final List<LogView.Logged> committedInput(int input) {
        return topics.log(inputs.get(input), partition).subList(0, committed[input]);
    }

    final List<LogView.Logged> log(Channel channel) {
        return topics.log(channel, partition);
    }

    final boolean hasWork() {
        return !ready().isEmpty() || isAhead();
    }

    /**
     * Processes a record, commits, or crashes.
     *
     * @return true for a crash
     */
    final boolean act(SplittableRandom random, double crashProbability) {
        List<Integer> ready = ready();
        if (ready.isEmpty() || (isAhead() && random.nextDouble() < COMMIT_PROBABILITY)) {
            return end(random.nextDouble() < crashProbability);
        }
        int input = ready.get(random.nextInt(ready.size()));
        LogView.Logged next = topics.log(inputs.get(input), partition).get(positions[input]++);
        uncommitted.addAll(process(inputs.get(input), next));
        return false;
    }

    private boolean end(boolean crash) {
        if (crash) {
            uncommitted.clear();
            System.arraycopy(committed, 0, positions, 0, committed.length);
            recover();
        } else {
            uncommitted.forEach(outgoing -> topics.append(outgoing, partition));
            uncommitted.clear();
            System.arraycopy(positions, 0, committed, 0, committed.length);
            committed();
        }
        return crash;
    }

    private boolean isAhead() {
        return !Arrays.equals(positions, committed);
    }

    private List<Integer> ready() {
        List<Integer> ready = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < topics.log(inputs.get(i), partition).size()) {
                ready.add(i);
            }
        }
        return ready;
    }
}
