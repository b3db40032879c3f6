package dev.heed;

import dev.heed.core.Channel;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.event.Coordinates;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.ReplayIsIdentical;
import dev.heed.journal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One task of a stage and its journal: a test says what comes, and looks at what was decided. In the end {@link
 * #checkReplay} decides the whole journal again and rebuilds the state from the facts.
 */
public final class StageTrial implements LogView {
    private final Stage stage;
    private final StageRunner runner;
    private final Envelope journalEnvelope;
    private MemoryState state = new MemoryState();
    private final List<Logged> journal = new ArrayList<>();
    private final List<Logged> facts = new ArrayList<>();
    private final List<Outgoing> outgoing = new ArrayList<>();
    private long nowMs;

    public StageTrial(Stage stage) {
        this.stage = stage;
        this.runner = new StageRunner(stage);
        this.journalEnvelope = new Envelope(stage.journalSchema());
    }

    /** An event from another stage; returns the facts it led to. */
    public List<SpecificRecord> send(String key, SpecificRecord event) {
        return send(key, event, null);
    }

    /** An event from a public input, at the next offset of a topic of its own. */
    public List<SpecificRecord> sendPublic(String key, SpecificRecord event) {
        return send(key, event, new Coordinates("input", 0, (long) journal.size()));
    }

    private List<SpecificRecord> send(String key, SpecificRecord event, @Nullable Coordinates source) {
        SpecificRecord envelope = journalEnvelope.wrap(event);
        envelope.put(stage.journalSchema().getField("source").pos(), source);
        long offset = journal.size();
        journal.add(new Logged(stage.journal().baseName(), 0, offset, key, envelope));
        StageRunner.Outcome outcome = runner.step(state, offset, key, envelope);
        List<SpecificRecord> decided = new ArrayList<>();
        for (SpecificRecord fact : outcome.facts()) {
            facts.add(new Logged(stage.facts().baseName(), 0, facts.size(), key, fact));
            decided.add(runner.fact(fact));
        }
        outgoing.addAll(outcome.outgoing());
        return decided;
    }

    /** The task starts anew, as after a crash: its state comes from its facts alone, its clock from its journal. */
    public void crash() {
        state = new MemoryState();
        facts.forEach(fact -> runner.apply(state, Objects.requireNonNull(fact.value())));
        journal.forEach(record -> runner.advanceClock(state, Objects.requireNonNull(record.value())));
    }

    /** Time goes on. */
    public List<SpecificRecord> tickAfter(long elapsedMs) {
        nowMs += elapsedMs;
        return send("tick", new Tick(nowMs));
    }

    public long nowMs() {
        return nowMs;
    }

    public MemoryState state() {
        return state;
    }

    /** All facts of a type so far, in order. */
    public <T extends SpecificRecord> List<T> facts(Class<T> type) {
        return facts.stream()
                .map(logged -> runner.fact(Objects.requireNonNull(logged.value())))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** All that went to a channel so far, in order. */
    public List<Outgoing> sent(Channel channel) {
        return outgoing.stream().filter(each -> each.channel() == channel).toList();
    }

    /** Decides the journal again and rebuilds the state from the facts. */
    public void checkReplay() {
        new ReplayIsIdentical(List.of(stage)).check(this);
    }

    @Override
    public List<Logged> records(Channel channel) {
        if (channel == stage.journal()) {
            return journal;
        }
        return channel == stage.facts() ? facts : List.of();
    }
}
