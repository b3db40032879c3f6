package dev.heed.gates;

import dev.heed.core.Channel;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.event.GatePlan;
import dev.heed.event.PairedResult;
import dev.heed.fact.EventRefused;
import dev.heed.gates.evidence.Evidence;
import dev.heed.journal.SealedVersion;
import dev.heed.journal.Tick;
import dev.heed.out.GateVerdict;
import dev.heed.state.GateState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Gates without a broker: the stage over a journal in memory, which its own events go back to. */
public final class OfflineGate {
    private final StageRunner runner;
    private final Envelope journal;
    private final MemoryState state = new MemoryState();
    private final Map<String, GateVerdict> verdicts = new HashMap<>();
    private long offset;

    /** @param seed decides the order in which results are bet on */
    public OfflineGate(byte[] seed) {
        Stage stage = GatesStage.create(seed);
        this.runner = new StageRunner(stage);
        this.journal = new Envelope(stage.journalSchema());
    }

    /** Freezes a plan, or says why not. There is no log in which its holdout could have been sealed, so it counts as sealed. */
    public Optional<EventRefused> plan(GatePlan plan) {
        if (!plan.getHoldout().isEmpty()) {
            send(plan.getHoldout(), new SealedVersion(plan.getHoldout(), "", 0L));
        }
        return send(plan.getCandidateId(), plan);
    }

    /** Takes a result, or says why not. */
    public Optional<EventRefused> result(PairedResult result) {
        return send(result.getCandidateId(), result);
    }

    /** Time goes on, milliseconds since the epoch. */
    public void tick(long nowMs) {
        send("tick", new Tick(nowMs));
    }

    /** The last that was said of a candidate, with the evidence as it stands now; nothing before its plan is frozen. */
    public Optional<GateVerdict> verdict(String candidateId) {
        GateState gate = state.get(GateKeys.gate(candidateId), GateState.class);
        return Optional.ofNullable(verdicts.get(candidateId)).map(verdict -> GateVerdict.newBuilder(verdict)
                .setSlices(Evidence.of(Objects.requireNonNull(gate)))
                .build());
    }

    private Optional<EventRefused> send(String key, SpecificRecord event) {
        Optional<EventRefused> refused = Optional.empty();
        Deque<Outgoing> pending = new ArrayDeque<>();
        StageRunner.Outcome first = step(key, journal.wrap(event), pending);
        for (SpecificRecord fact : first.facts()) {
            if (runner.fact(fact) instanceof EventRefused why) {
                refused = Optional.of(why);
            }
        }
        while (!pending.isEmpty()) {
            Outgoing next = pending.remove();
            step(next.key(), Objects.requireNonNull(next.value()), pending);
        }
        return refused;
    }

    private StageRunner.Outcome step(String key, SpecificRecord event, Deque<Outgoing> pending) {
        StageRunner.Outcome outcome = runner.step(state, offset++, key, event);
        for (Outgoing outgoing : outcome.outgoing()) {
            if (outgoing.channel() == Channel.GATES_JOURNAL) {
                pending.add(outgoing);
            } else if (outgoing.value() instanceof GateVerdict verdict) {
                verdicts.put(verdict.getCandidateId(), verdict);
            }
        }
        return outcome;
    }
}
