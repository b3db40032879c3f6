package dev.heed.gates.evidence;

import dev.heed.core.State;
import dev.heed.event.Verdict;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.fact.FactHeader;
import dev.heed.gates.GateKeys;
import dev.heed.out.GateVerdict;
import dev.heed.state.GateState;
import dev.heed.state.GateWaiting;
import dev.heed.state.SliceProgress;
import dev.heed.state.Timer;
import java.util.List;
import java.util.Objects;

/** Writes how far a gate has come. */
final class Progress {
    private Progress() {}

    static void advanced(State state, FactHeader header, EvidenceAdvanced fact) {
        String candidateId = fact.getCandidateId();
        GateState gate = Objects.requireNonNull(state.get(GateKeys.gate(candidateId), GateState.class));
        List<SliceProgress> slices = gate.getSlices().stream()
                .map(slice -> slice.getSlice().equals(fact.getSlice())
                                && slice.getMetric().equals(fact.getMetric())
                        ? after(state, candidateId, slice, fact)
                        : slice)
                .toList();
        state.put(
                GateKeys.gate(candidateId),
                GateState.newBuilder(gate).setSlices(slices).build());
        if (fact.getMore()) {
            state.put(GateKeys.waiting(candidateId), new GateWaiting(header.getTimeMs()));
        } else {
            state.delete(GateKeys.waiting(candidateId));
        }
    }

    private static SliceProgress after(State state, String candidateId, SliceProgress before, EvidenceAdvanced fact) {
        for (int position = before.getConsumed(); position < fact.getConsumed(); position++) {
            state.delete(GateKeys.result(candidateId, fact.getMetric(), fact.getSlice(), position));
        }
        return SliceProgress.newBuilder(before)
                .setConsumed(fact.getConsumed())
                .setMissing(fact.getMissing())
                .setPassLogEvidenceNanos(fact.getPassLogEvidenceNanos())
                .setFailLogEvidenceNanos(fact.getFailLogEvidenceNanos())
                .setBets(fact.getBets())
                .setVerdict(fact.getVerdict())
                .setAboveLogEvidenceNanos(fact.getAboveLogEvidenceNanos())
                .setBelowLogEvidenceNanos(fact.getBelowLogEvidenceNanos())
                .setDirection(fact.getDirection())
                .build();
    }

    static void decided(State state, FactHeader header, GateVerdict verdict) {
        String candidateId = verdict.getCandidateId();
        GateState before = Objects.requireNonNull(state.get(GateKeys.gate(candidateId), GateState.class));
        boolean held = !verdict.getLatched() && !verdict.getBlockers().isEmpty();
        boolean passes = verdict.getLatched() && verdict.getVerdict() == Verdict.PASS;
        boolean given = passes && before.getVerdict() != Verdict.PASS;
        state.put(
                GateKeys.gate(candidateId),
                GateState.newBuilder(before)
                        .setVerdict(verdict.getLatched() ? verdict.getVerdict() : Verdict.UNKNOWN)
                        .setBlockedUntilMs(verdict.getBlockedUntilMs())
                        .setHeld(held)
                        .setFound(verdict.getBlockers())
                        .setOverruled(verdict.getOverruled())
                        .setLateTold(verdict.getLate())
                        .setWatchedUntilMs(verdict.getWatchedUntilMs())
                        .setPassedOffset(given ? header.getJournalOffset() : before.getPassedOffset())
                        .build());
        state.delete(GateKeys.late(candidateId));
        // A held gate has shown all it has to show: it waits for the end of what holds it, not for its deadline.
        if (held || verdict.getLatched()) {
            state.delete(GateKeys.deadline(before.getDeadlineMs(), candidateId));
        }
        index(state, header, before, verdict, held);
    }

    private static void index(State state, FactHeader header, GateState before, GateVerdict verdict, boolean held) {
        String candidateId = verdict.getCandidateId();
        long untilMs = verdict.getBlockedUntilMs();
        state.delete(GateKeys.blocked(before.getBlockedUntilMs(), candidateId));
        if (untilMs > 0) {
            state.put(GateKeys.blocked(untilMs, candidateId), new Timer(untilMs, "blocked", candidateId));
        }
        if (held || verdict.getWatchedUntilMs() > 0) {
            state.put(GateKeys.watched(candidateId), new GateWaiting(header.getTimeMs()));
        } else {
            state.delete(GateKeys.watched(candidateId));
        }
    }

    static void unwatched(State state, String candidateId) {
        GateState gate = Objects.requireNonNull(state.get(GateKeys.gate(candidateId), GateState.class));
        state.put(
                GateKeys.gate(candidateId),
                GateState.newBuilder(gate).setWatchedUntilMs(0).build());
        state.delete(GateKeys.watched(candidateId));
    }
}
