package dev.heed.gates.evidence;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GateDecided;
import dev.heed.fact.PlanFrozen;
import dev.heed.fact.ResultBuffered;
import dev.heed.gates.GateKeys;
import dev.heed.journal.Tick;
import dev.heed.state.GateWaiting;
import dev.heed.state.Timer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Bets on the results of a gate in its secret order, and gives the verdict: when a result comes, when a step before left
 * work over, and when the deadline has passed.
 */
public final class EvidenceFeature implements Feature {
    /** Most bets in one step of one gate; the rest wait for the next tick. */
    public static final int MAX_BETS_PER_STEP = 256;
    /** Most gates that go on, and most that close, at one tick. */
    public static final int MAX_GATES_PER_TICK = 8;

    @Override
    public void decide(Step step) {
        for (PlanFrozen frozen : step.facts(PlanFrozen.class)) {
            Gate.read(step.state(), frozen.getPlan().getCandidateId()).announce(step);
        }
        for (ResultBuffered buffered : step.facts(ResultBuffered.class)) {
            Gate.read(step.state(), buffered.getResult().getCandidateId()).advance(step);
        }
        if (step.event() instanceof Tick) {
            goOn(step)
                    .forEach(candidateId -> Gate.read(step.state(), candidateId).advance(step));
            unblocked(step)
                    .forEach(candidateId -> Gate.read(step.state(), candidateId).unblock(step));
        }
    }

    /** The gates with something to do at this tick. */
    private static Set<String> goOn(Step step) {
        Set<String> candidates = new LinkedHashSet<>();
        for (StateReader.Entry<Timer> due :
                step.state().withPrefix(GateKeys.deadlines(), Timer.class, MAX_GATES_PER_TICK)) {
            if (due.value().getDueMs() <= step.nowMs()) {
                candidates.add(due.value().getTarget());
            }
        }
        for (StateReader.Entry<GateWaiting> waiting :
                step.state().withPrefix(GateKeys.waiting(), GateWaiting.class, MAX_GATES_PER_TICK)) {
            candidates.add(Keys.lastPart(waiting.key()));
        }
        return candidates;
    }

    /** The gates whose block ends with this tick. */
    private static List<String> unblocked(Step step) {
        return step.state().withPrefix(GateKeys.blocked(), Timer.class, MAX_GATES_PER_TICK).stream()
                .map(StateReader.Entry::value)
                .filter(due -> due.getDueMs() <= step.nowMs())
                .map(Timer::getTarget)
                .toList();
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof EvidenceAdvanced advanced) {
            Progress.advanced(state, header, advanced);
        } else if (fact instanceof GateDecided decided) {
            Progress.decided(state, decided.getVerdict());
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof GateDecided decided) {
            out.send(Channel.GATE_VERDICTS, decided.getVerdict().getCandidateId(), decided.getVerdict());
        }
    }
}
