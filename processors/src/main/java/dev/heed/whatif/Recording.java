package dev.heed.whatif;

import dev.heed.audit.RecordedLogs;
import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.fact.TaskLeased;
import dev.heed.journal.ItemsEvent;
import dev.heed.policy.Policy;
import dev.heed.stream.RoutedPartitioner;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The record decided again as it was: what it came to, what led to what, and what people said. */
final class Recording {
    private final RecordedLogs logs;
    private final List<Stage> stages;
    private final long toMs;
    private final Causes causes;
    private final Answers answers;
    private final Ledger ledger;
    private @Nullable Policy lastPolicy;

    Recording(RecordedLogs logs, List<Stage> stages, long toMs) {
        this.logs = logs;
        this.stages = List.copyOf(stages);
        this.toMs = toMs;
        int tasks = stages.size() * logs.partitions();
        this.causes = new Causes(tasks);
        this.answers = new Answers(logs.partitions());
        this.ledger = new Ledger(tasks);
        for (int task = 0; task < tasks; task++) {
            read(partition(task));
        }
    }

    private void read(SimulatedPartition task) {
        for (SimulatedPartition.Slot slot = task.next(); slot != null; slot = task.next()) {
            StageRunner.Outcome outcome = task.decide(slot.offset(), slot.key(), slot.value());
            Causes.Cause cause = new Causes.Cause(task.number(), slot.offset());
            ledger.add(task.number(), task.runner(), outcome.facts());
            for (SpecificRecord envelope : outcome.facts()) {
                if (task.runner().fact(envelope) instanceof TaskLeased leased) {
                    answers.recordAsked(leased.getLease(), task.nowMs(), cause);
                }
            }
            for (Outgoing outgoing : outcome.outgoing()) {
                List<Integer> receivers = receivers(outgoing, task.partition());
                if (!receivers.isEmpty()) {
                    Print print = Print.of(outgoing.key(), Objects.requireNonNull(outgoing.value()));
                    receivers.forEach(receiver -> causes.add(receiver, print, cause));
                }
            }
            if (slot.value() instanceof ItemsEvent event) {
                answers.recordSaid(event, task.nowMs());
            }
            if (slot.event() instanceof Policy policy) {
                lastPolicy = policy;
            }
            task.done();
        }
    }

    /** A task from its beginning. */
    SimulatedPartition partition(int task) {
        Stage stage = stages.get(task / logs.partitions());
        return new SimulatedPartition(task, logs, stage, task % logs.partitions(), toMs);
    }

    int tasks() {
        return stages.size() * logs.partitions();
    }

    /** The tasks whose journals a record goes to. */
    List<Integer> receivers(Outgoing outgoing, int ownPartition) {
        int first = firstTask(outgoing.channel());
        if (first < 0) {
            return List.of();
        }
        int partitions = logs.partitions();
        return switch (outgoing.destination()) {
            case ALL_PARTITIONS ->
                IntStream.range(first, first + partitions).boxed().toList();
            case EXACT_PARTITION -> List.of(first + Integer.parseInt(outgoing.partitionKey()));
            case OWN_PARTITION -> List.of(first + ownPartition);
            case BY_KEY -> List.of(first + RoutedPartitioner.partitionOf(outgoing.partitionKey(), partitions));
        };
    }

    /** The task of the first partition of a journal, or -1 for what is no journal. */
    private int firstTask(Channel channel) {
        for (int stage = 0; stage < stages.size(); stage++) {
            if (stages.get(stage).journal() == channel) {
                return stage * logs.partitions();
            }
        }
        return -1;
    }

    /** The tasks of the items stage, or none. */
    boolean isItems(SimulatedPartition task) {
        return task.runner().stage().journal() == Channel.ITEMS_JOURNAL;
    }

    Causes causes() {
        return causes;
    }

    Answers answers() {
        return answers;
    }

    Ledger ledger() {
        return ledger;
    }

    @Nullable Policy lastPolicy() {
        return lastPolicy;
    }
}
