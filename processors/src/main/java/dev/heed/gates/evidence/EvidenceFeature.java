package dev.heed.gates.evidence;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.AttemptSettled;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GateDecided;
import dev.heed.fact.OverrideExpired;
import dev.heed.fact.OverrideGranted;
import dev.heed.fact.OverrideProposed;
import dev.heed.fact.ResultBuffered;
import dev.heed.fact.WatchEnded;
import dev.heed.gates.GateKeys;
import dev.heed.journal.Tick;
import dev.heed.out.GateStep;
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
        if (step.event() instanceof Tick) {
            goOn(step).forEach(candidateId -> Gate.read(step, candidateId).advance());
            toTell(step).forEach(candidateId -> Gate.read(step, candidateId).tell());
            Looks.goOn(step);
        }
        for (AttemptSettled settled : step.facts(AttemptSettled.class)) {
            Gate.read(step, settled.getCandidateId()).tell();
        }
        for (ResultBuffered buffered : step.facts(ResultBuffered.class)) {
            Gate.read(step, buffered.getResult().getCandidateId()).advance();
        }
        for (OverrideProposed proposed : step.facts(OverrideProposed.class)) {
            Gate.read(step, proposed.getCandidateId()).tell();
        }
        for (OverrideExpired expired : step.facts(OverrideExpired.class)) {
            Gate.read(step, expired.getProposed().getCandidateId()).tell();
        }
        for (OverrideGranted granted : step.facts(OverrideGranted.class)) {
            Gate.read(step, granted.getCandidateId()).tell();
        }
        Looks.decide(step);
    }

    /** The gates with bets to make at this tick. */
    private static Set<String> goOn(Step step) {
        Set<String> candidates = new LinkedHashSet<>(due(step, GateKeys.deadlines()));
        for (StateReader.Entry<GateWaiting> waiting :
                step.state().withPrefix(GateKeys.waiting(), GateWaiting.class, MAX_GATES_PER_TICK)) {
            candidates.add(Keys.lastPart(waiting.key()));
        }
        return candidates;
    }

    /** The gates whose block ends with this tick, or of which there is news that was not worth a step of its own. */
    private static Set<String> toTell(Step step) {
        Set<String> candidates = new LinkedHashSet<>(due(step, GateKeys.blocked()));
        for (StateReader.Entry<GateWaiting> late :
                step.state().withPrefix(GateKeys.late(), GateWaiting.class, MAX_GATES_PER_TICK)) {
            candidates.add(Keys.lastPart(late.key()));
        }
        return candidates;
    }

    private static List<String> due(Step step, String timers) {
        return step.state().withPrefix(timers, Timer.class, MAX_GATES_PER_TICK).stream()
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
            Progress.decided(state, header, decided.getVerdict());
        } else if (fact instanceof WatchEnded ended) {
            Progress.unwatched(state, ended.getCandidateId());
        }
        Looks.apply(state, fact);
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof GateDecided decided) {
            out.send(Channel.GATE_VERDICTS, decided.getVerdict().getCandidateId(), decided.getVerdict());
        } else if (fact instanceof EvidenceAdvanced advanced) {
            out.send(Channel.GATE_EVIDENCE, advanced.getCandidateId(), new GateStep(advanced, header.getTimeMs()));
        }
    }
}
