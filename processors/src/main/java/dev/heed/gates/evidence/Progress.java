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
                .map(slice -> slice.getSlice().equals(fact.getSlice()) ? after(state, candidateId, slice, fact) : slice)
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
            state.delete(GateKeys.result(candidateId, fact.getSlice(), position));
        }
        return new SliceProgress(
                before.getSlice(),
                before.getMarginMicros(),
                before.getAwaited(),
                fact.getConsumed(),
                fact.getMissing(),
                fact.getPassLogEvidenceNanos(),
                fact.getFailLogEvidenceNanos(),
                fact.getBets(),
                fact.getVerdict());
    }

    static void decided(State state, GateVerdict verdict) {
        long untilMs = verdict.getBlockedUntilMs();
        if (!verdict.getLatched() && untilMs == 0) {
            return;
        }
        String candidateId = verdict.getCandidateId();
        GateState gate = Objects.requireNonNull(state.get(GateKeys.gate(candidateId), GateState.class));
        state.put(
                GateKeys.gate(candidateId),
                GateState.newBuilder(gate)
                        .setVerdict(verdict.getLatched() ? verdict.getVerdict() : Verdict.UNKNOWN)
                        .setBlockedUntilMs(untilMs)
                        .build());
        // A blocked gate has shown all it has to show: it waits for the end of its block, not for its deadline.
        state.delete(GateKeys.deadline(gate.getDeadlineMs(), candidateId));
        state.delete(GateKeys.blocked(gate.getBlockedUntilMs(), candidateId));
        if (untilMs > 0) {
            state.put(GateKeys.blocked(untilMs, candidateId), new Timer(untilMs, "blocked", candidateId));
        }
    }
}
