package dev.heed.whatif;

import dev.heed.audit.RecordedLogs;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.guarantee.LogView;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.Tick;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One task of the simulated loop: its state, its recorded journal as a schedule, and what was sent to it meanwhile. */
final class SimulatedPartition {
    /** Behind all recorded offsets, so that numbers made of offsets stay unique and in order. */
    private static final long UNRECORDED = 1L << 50;

    private final int number;
    private final int partition;
    private final StageRunner runner;
    private final Envelope events;
    private final RecordedLogs logs;
    private final Iterator<RecordedLogs.Raw> journal;
    private final long decidedTo;
    private final long toMs;
    private final MemoryState state = new MemoryState();
    private final Map<Print, Integer> received = new HashMap<>();
    private @Nullable Slot next;
    private long position = -1;
    private long unrecorded = UNRECORDED;

    /** A place in the recorded journal. */
    record Slot(long offset, String key, SpecificRecord value, SpecificRecord event, Print print) {}

    /** @param number of the task among all */
    SimulatedPartition(int number, RecordedLogs logs, Stage stage, int partition, long toMs) {
        this.number = number;
        this.partition = partition;
        this.runner = new StageRunner(stage);
        this.events = new Envelope(stage.journalSchema());
        this.logs = logs;
        this.journal = logs.records(stage.journal(), partition);
        this.decidedTo = logs.decidedTo(stage.journal(), partition);
        this.toMs = toMs;
        advance();
    }

    int number() {
        return number;
    }

    int partition() {
        return partition;
    }

    StageRunner runner() {
        return runner;
    }

    Envelope events() {
        return events;
    }

    MemoryState state() {
        return state;
    }

    long nowMs() {
        return StageRunner.nowMs(state);
    }

    /** The next place; null at the end of the record. */
    @Nullable Slot next() {
        return next;
    }

    /** Whether the record up to this offset is done with. */
    boolean isPast(long offset) {
        return next == null || position >= offset;
    }

    /** Leaves the next place behind. */
    void done() {
        position = Objects.requireNonNull(next).offset();
        advance();
    }

    private void advance() {
        next = null;
        if (!journal.hasNext()) {
            return;
        }
        LogView.Logged logged = logs.event(runner.stage().journal(), partition, journal.next());
        SpecificRecord value = Objects.requireNonNull(
                logged.value(),
                () -> logged.topic() + "-" + partition + "@" + logged.offset()
                        + ": no event (see 'heed audit verify')");
        SpecificRecord event = events.payload(value);
        if (logged.offset() >= decidedTo || (event instanceof Tick tick && tick.getNowMs() > toMs)) {
            return;
        }
        String key = Objects.requireNonNullElse(logged.key(), "");
        next = new Slot(logged.offset(), key, value, event, Print.of(key, value));
    }

    StageRunner.Outcome decide(long offset, String key, SpecificRecord value) {
        return runner.step(state, offset, key, value);
    }

    /** Decides what the record has not. */
    StageRunner.Outcome decide(String key, SpecificRecord value) {
        return decide(unrecorded++, key, value);
    }

    /** Keeps a record until its place comes. */
    void receive(Print print) {
        received.merge(print, 1, Integer::sum);
    }

    boolean has(Print print) {
        return received.containsKey(print);
    }

    void take(Print print) {
        received.computeIfPresent(print, (p, count) -> count == 1 ? null : count - 1);
    }

    /** The next place's event as one of items, if it is. */
    @Nullable ItemsEvent itemsEvent() {
        return next != null && next.value() instanceof ItemsEvent event ? event : null;
    }
}
