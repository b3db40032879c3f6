package dev.heed.gates.attempts;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.GatePlan;
import dev.heed.fact.AttemptCounted;
import dev.heed.fact.AttemptSettled;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PlanFrozen;
import dev.heed.gates.GateKeys;
import dev.heed.journal.AttemptGiven;
import dev.heed.journal.AttemptWanted;
import dev.heed.journal.GatesEvent;
import dev.heed.state.AttemptCount;
import dev.heed.state.GateState;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Counts the plans of a line and those on a holdout, which share one error level. Gates lie in the partitions of their
 * candidates, so each frozen plan asks under one key that is the same for all, and the order there is the order of
 * attempts. A gate bets on nothing before it is told: its stakes and its threshold depend on its attempt.
 */
public final class AttemptsFeature implements Feature {
    private static final String LINE = "line";
    private static final String HOLDOUT = "holdout";

    @Override
    public void decide(Step step) {
        if (step.event() instanceof AttemptWanted wanted) {
            step.emit(counted(step.state(), wanted));
        } else if (step.event() instanceof AttemptGiven given) {
            step.emit(new AttemptSettled(given.getCandidateId(), given.getAttempt()));
        }
    }

    private static AttemptCounted counted(StateReader state, AttemptWanted wanted) {
        int ofLine = 1 + count(state, LINE, wanted.getLine());
        int onHoldout = wanted.getHoldout().isEmpty() ? 0 : 1 + count(state, HOLDOUT, wanted.getHoldout());
        // With the larger of both, neither the line's attempts nor the holdout's spend more than their level in all.
        int attempt = Math.max(wanted.getClaimed(), Math.max(ofLine, onHoldout));
        return new AttemptCounted(wanted, ofLine, onHoldout, attempt);
    }

    private static int count(StateReader state, String sort, String name) {
        AttemptCount count = state.get(GateKeys.attempts(sort, name), AttemptCount.class);
        return count == null ? 0 : count.getCount();
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof AttemptCounted counted) {
            AttemptWanted wanted = counted.getWanted();
            state.put(GateKeys.attempts(LINE, wanted.getLine()), new AttemptCount(counted.getLineAttempts()));
            if (!wanted.getHoldout().isEmpty()) {
                state.put(
                        GateKeys.attempts(HOLDOUT, wanted.getHoldout()),
                        new AttemptCount(counted.getHoldoutAttempts()));
            }
        } else if (fact instanceof AttemptSettled settled) {
            String key = GateKeys.gate(settled.getCandidateId());
            GateState gate = Objects.requireNonNull(state.get(key, GateState.class));
            state.put(
                    key,
                    GateState.newBuilder(gate).setAttempt(settled.getAttempt()).build());
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        GatesEvent event = new GatesEvent();
        if (fact instanceof PlanFrozen frozen) {
            GatePlan plan = frozen.getPlan();
            event.setAttemptWanted(
                    new AttemptWanted(plan.getCandidateId(), plan.getLine(), plan.getHoldout(), plan.getAttempt()));
            out.send(Channel.GATES_JOURNAL, GateKeys.ATTEMPTS, event);
        } else if (fact instanceof AttemptCounted counted) {
            String candidateId = counted.getWanted().getCandidateId();
            event.setAttemptGiven(new AttemptGiven(candidateId, counted.getAttempt()));
            out.send(Channel.GATES_JOURNAL, candidateId, event);
        }
    }
}
