package dev.heed.whatif;

import dev.heed.audit.RecordedLogs;
import dev.heed.core.Outgoing;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.fact.TaskLeased;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.Tick;
import dev.heed.policy.Policy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs all stages together over what came from outside, under another policy. The recorded journals are the schedule:
 * what one stage sends another arrives where it did in the record if the record has it, and at once if it has not. So
 * the same policy decides the record again byte for byte, and another one departs from it only where it decides otherwise.
 *
 * <p>Always the task goes on whose time is the earliest, so that the tasks keep in step. A place in a journal waits until
 * what led to it in the record has been decided; if nothing came of that here, the place is passed over.
 */
public final class WhatIf {
    private final PolicyChange change;
    private final Recording recording;
    private final List<SimulatedPartition> tasks = new ArrayList<>();
    private final Ledger ledger;
    private final Queue<Sent> sent = new ArrayDeque<>();
    /** What the record has not, behind what it has and which is still under way from the same task to the same task. */
    private final Map<Way, Queue<Sent>> behind = new HashMap<>();

    private final Map<Way, Integer> underWay = new HashMap<>();
    private final @Nullable Waiting[] looked;
    private final boolean[] changed;

    /** Something that the record does not have. */
    private record Sent(int receiver, String key, SpecificRecord value) {}

    private record Way(int sender, int receiver) {}

    /** What the next place of a task waits for; both null for what came from outside. */
    private record Waiting(Causes.@Nullable Cause cause, Causes.@Nullable Cause asked) {}

    /** What the record and the other run came to. */
    public record Result(
            Ledger recorded,
            Ledger other,
            Answers.Support recordedSupport,
            Answers.Support support,
            @Nullable Policy recordedPolicy) {
        /** In how many tasks the two decided differently. */
        public long tasksThatDiffer() {
            long differing = 0;
            for (int task = 0; task < recorded.roots().size(); task++) {
                differing += recorded.roots().get(task).equals(other.roots().get(task)) ? 0 : 1;
            }
            return differing;
        }
    }

    private WhatIf(RecordedLogs logs, List<Stage> stages, PolicyChange change) {
        this.change = change;
        this.recording = new Recording(logs, stages, change.toMs());
        for (int task = 0; task < recording.tasks(); task++) {
            tasks.add(recording.partition(task));
        }
        this.ledger = new Ledger(tasks.size());
        this.changed = new boolean[tasks.size()];
        this.looked = new Waiting[tasks.size()];
    }

    /** Decides the record as it was and under the other policy. Writes nothing anywhere. */
    public static Result run(RecordedLogs logs, List<Stage> stages, PolicyChange change) {
        WhatIf run = new WhatIf(logs, stages, change);
        for (SimulatedPartition task = run.earliest(); task != null; task = run.earliest()) {
            run.goOn(task);
            run.deliver();
        }
        Recording record = run.recording;
        return new Result(
                record.ledger(),
                run.ledger,
                record.answers().recorded(),
                record.answers().support(),
                record.lastPolicy());
    }

    /** The task that can go on and whose time is the earliest; if none can, the earliest of those that wait. */
    private @Nullable SimulatedPartition earliest() {
        SimulatedPartition ready = null;
        SimulatedPartition waiting = null;
        for (SimulatedPartition task : tasks) {
            if (task.next() == null) {
                continue;
            }
            if (waiting == null || task.nowMs() < waiting.nowMs()) {
                waiting = task;
            }
            if ((ready == null || task.nowMs() < ready.nowMs()) && isReady(task)) {
                ready = task;
            }
        }
        return ready == null ? waiting : ready;
    }

    private boolean isReady(SimulatedPartition task) {
        Waiting waiting = waiting(task);
        return (waiting.cause() == null
                        || task.has(Objects.requireNonNull(task.next()).print())
                        || isPast(waiting.cause()))
                && (waiting.asked() == null || isPast(waiting.asked()));
    }

    private boolean isPast(Causes.Cause cause) {
        return tasks.get(cause.task()).isPast(cause.offset());
    }

    private Waiting waiting(SimulatedPartition task) {
        Waiting waiting = looked[task.number()];
        if (waiting == null) {
            SimulatedPartition.Slot slot = Objects.requireNonNull(task.next());
            ItemsEvent event = task.itemsEvent();
            waiting = new Waiting(
                    recording.causes().next(task.number(), slot.print()),
                    event == null ? null : recording.answers().askedBy(event));
            looked[task.number()] = waiting;
        }
        return waiting;
    }

    private void goOn(SimulatedPartition task) {
        SimulatedPartition.Slot slot = Objects.requireNonNull(task.next());
        Causes.Cause cause = waiting(task).cause();
        looked[task.number()] = null;
        SpecificRecord value = slot.value();
        if (cause != null) {
            recording.causes().done(task.number(), slot.print());
            value = task.has(slot.print()) ? value : null;
            if (value != null) {
                task.take(slot.print());
                arrived(new Way(cause.task(), task.number()));
            }
        } else if (slot.event() instanceof Policy policy) {
            Policy other = change.inPlaceOf(policy, task.nowMs());
            value = other == null ? value : task.events().wrap(other);
        } else if (value instanceof ItemsEvent event && Answers.human(event).isPresent()) {
            value = recording.answers().reveals(event) ? value : null;
        }
        if (value != null) {
            if (value != slot.value()) {
                int source = value.getSchema().getField("source").pos();
                value.put(source, slot.value().get(source));
            }
            take(task, task.decide(slot.offset(), slot.key(), value), new Causes.Cause(task.number(), slot.offset()));
        }
        task.done();
        if (slot.event() instanceof Tick) {
            atTick(task);
        }
    }

    private void atTick(SimulatedPartition task) {
        if (change.fromMs() > 0 && !changed[task.number()] && task.nowMs() >= change.fromMs()) {
            changed[task.number()] = true;
            Policy other = change.after(task.state().get(StageRunner.POLICY_KEY, Policy.class));
            if (other != null) {
                sent.add(new Sent(task.number(), "policy", task.events().wrap(other)));
            }
        }
        if (recording.isItems(task)) {
            for (ItemsEvent label : recording.answers().dueBefore(task.partition(), task.nowMs())) {
                sent.add(new Sent(task.number(), label.getFeedback().getInteractionId(), label));
            }
        }
    }

    private void deliver() {
        for (Sent next = sent.poll(); next != null; next = sent.poll()) {
            SimulatedPartition task = tasks.get(next.receiver());
            take(task, task.decide(next.key(), next.value()), null);
        }
    }

    /** @param cause the place of the record that led to this, or null for what the record does not have */
    private void take(SimulatedPartition task, StageRunner.Outcome outcome, Causes.@Nullable Cause cause) {
        ledger.add(task.number(), task.runner(), outcome.facts());
        for (SpecificRecord envelope : outcome.facts()) {
            if (task.runner().fact(envelope) instanceof TaskLeased leased) {
                recording.answers().ask(leased, task.nowMs());
            }
        }
        for (Outgoing outgoing : outcome.outgoing()) {
            SpecificRecord value = outgoing.value();
            if (value == null) {
                continue;
            }
            for (int receiver : recording.receivers(outgoing, task.partition())) {
                send(new Way(task.number(), receiver), new Sent(receiver, outgoing.key(), value), cause);
            }
        }
    }

    private void send(Way way, Sent record, Causes.@Nullable Cause cause) {
        Print print = Print.of(record.key(), record.value());
        if (cause != null && recording.causes().isToCome(way.receiver(), print, cause)) {
            tasks.get(way.receiver()).receive(print);
            underWay.merge(way, 1, Integer::sum);
        } else if (underWay.containsKey(way)) {
            behind.computeIfAbsent(way, each -> new ArrayDeque<>()).add(record);
        } else {
            sent.add(record);
        }
    }

    private void arrived(Way way) {
        if (underWay.computeIfPresent(way, (each, count) -> count == 1 ? null : count - 1) == null) {
            Queue<Sent> waiting = behind.remove(way);
            if (waiting != null) {
                sent.addAll(waiting);
            }
        }
    }
}
