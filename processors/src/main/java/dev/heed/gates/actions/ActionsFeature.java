package dev.heed.gates.actions;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.GateOverride;
import dev.heed.event.Verdict;
import dev.heed.fact.FactHeader;
import dev.heed.fact.OverrideExpired;
import dev.heed.fact.OverrideGranted;
import dev.heed.fact.OverrideProposed;
import dev.heed.gates.GateKeys;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.Tick;
import dev.heed.state.GateState;
import dev.heed.state.Timer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Lets two people overrule a gate: one asks and says why, another one, within the time that the plan gives, asks for the
 * same and says why. Nobody can do it alone, and a vote that nobody seconds ends.
 */
public final class ActionsFeature implements Feature {
    /** Most votes that end at one tick. */
    static final int MAX_VOTES_PER_TICK = 64;

    private static final Set<Verdict> VERDICTS = EnumSet.of(Verdict.PASS, Verdict.FAIL, Verdict.REVOKED);

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            expire(step);
        } else if (step.event() instanceof ActionAccepted action && action.getOverride() != null) {
            GateState gate = step.state().get(GateKeys.gate(action.getOverride().getCandidateId()), GateState.class);
            if (gate == null) {
                step.refuse(
                        "candidate_unknown",
                        "candidate_id: " + action.getOverride().getCandidateId()
                                + " (expected: a candidate whose plan is frozen)");
            } else {
                vote(step, gate, action, action.getOverride());
            }
        } else if (step.event() instanceof ActionAccepted) {
            step.refuse("action_misplaced", "the gates stage takes no such action (expected: override)");
        }
    }

    private static void expire(Step step) {
        for (StateReader.Entry<Timer> due :
                step.state().withPrefix(GateKeys.votes(), Timer.class, MAX_VOTES_PER_TICK)) {
            if (due.value().getDueMs() <= step.nowMs()) {
                String key = GateKeys.gate(due.value().getTarget());
                GateState gate = Objects.requireNonNull(step.state().get(key, GateState.class));
                step.emit(new OverrideExpired(Objects.requireNonNull(gate.getProposed())));
            }
        }
    }

    private static void vote(Step step, GateState gate, ActionAccepted action, GateOverride wanted) {
        OverrideProposed proposed = gate.getProposed();
        OverrideGranted granted = gate.getOverruled();
        if ((proposed != null && proposed.getEventId().equals(action.getEventId()))
                || (granted != null && granted.getEventIds().contains(action.getEventId()))) {
            step.ignoreDuplicate();
        } else if (!VERDICTS.contains(wanted.getVerdict())) {
            step.refuse("override_verdict", "verdict: " + wanted.getVerdict() + " (expected: one of " + VERDICTS + ")");
        } else if (gate.getVerdict() == wanted.getVerdict()) {
            step.refuse(
                    "override_needless",
                    "verdict: " + wanted.getVerdict() + " (expected: another verdict than the one that stands)");
        } else if (wanted.getVerdict() == Verdict.REVOKED && gate.getVerdict() != Verdict.PASS) {
            step.refuse(
                    "override_verdict",
                    "verdict: REVOKED (expected: PASS or FAIL, as nothing has passed that could be taken back)");
        } else if (proposed == null
                || proposed.getUntilMs() <= step.nowMs()
                || proposed.getVerdict() != wanted.getVerdict()) {
            step.emit(new OverrideProposed(
                    gate.getCandidateId(),
                    wanted.getVerdict(),
                    action.getActor(),
                    wanted.getReason(),
                    action.getEventId(),
                    step.nowMs() + gate.getSecondWithinMs()));
        } else {
            second(step, gate, proposed, action, wanted);
        }
    }

    private static void second(
            Step step, GateState gate, OverrideProposed proposed, ActionAccepted action, GateOverride wanted) {
        if (person(action.getActor()).equals(person(proposed.getActor()))) {
            step.refuse(
                    "override_alone",
                    "actor: " + action.getActor() + " (expected: another person than the one who asked for "
                            + proposed.getVerdict() + " first, before " + proposed.getUntilMs() + ")");
        } else {
            step.emit(new OverrideGranted(
                    gate.getCandidateId(),
                    wanted.getVerdict(),
                    List.of(proposed.getActor(), action.getActor()),
                    List.of(proposed.getReason(), wanted.getReason()),
                    List.of(proposed.getEventId(), action.getEventId()),
                    gate.getVerdict()));
        }
    }

    /** One person is one person, however the name is written. */
    private static String person(String actor) {
        return actor.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof OverrideProposed proposed) {
            GateState gate = withoutVote(state, proposed.getCandidateId());
            state.put(
                    GateKeys.gate(gate.getCandidateId()),
                    GateState.newBuilder(gate).setProposed(proposed).build());
            state.put(
                    GateKeys.vote(proposed.getUntilMs(), gate.getCandidateId()),
                    new Timer(proposed.getUntilMs(), "vote", gate.getCandidateId()));
        } else if (fact instanceof OverrideExpired expired) {
            GateState gate = withoutVote(state, expired.getProposed().getCandidateId());
            state.put(GateKeys.gate(gate.getCandidateId()), gate);
        } else if (fact instanceof OverrideGranted granted) {
            GateState gate = withoutVote(state, granted.getCandidateId());
            state.put(
                    GateKeys.gate(gate.getCandidateId()),
                    GateState.newBuilder(gate).setOverruled(granted).build());
        }
    }

    private static GateState withoutVote(State state, String candidateId) {
        GateState gate = Objects.requireNonNull(state.get(GateKeys.gate(candidateId), GateState.class));
        OverrideProposed proposed = gate.getProposed();
        if (proposed != null) {
            state.delete(GateKeys.vote(proposed.getUntilMs(), candidateId));
        }
        return GateState.newBuilder(gate).setProposed(null).build();
    }
}
