package dev.heed.gates.evidence;

import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Verdict;
import dev.heed.fact.GateDecided;
import dev.heed.gates.GateKeys;
import dev.heed.journal.SliceAlert;
import dev.heed.math.GateTest;
import dev.heed.math.Micros;
import dev.heed.out.GateVerdict;
import dev.heed.out.SliceEvidence;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A gate in one step: bets within the step's limit, then says what has changed. */
final class Gate {
    private final GateState before;

    private Gate(GateState before) {
        this.before = before;
    }

    static Gate read(StateReader state, String candidateId) {
        return new Gate(Objects.requireNonNull(state.get(GateKeys.gate(candidateId), GateState.class)));
    }

    /** Says that the gate is open. */
    void announce(Step step) {
        emit(step, before, new Conclusion(Verdict.UNKNOWN, "the plan is frozen and results are awaited"));
    }

    /** Bets on what can be bet on, and says so if that changes what is to be said of the gate or of a slice. */
    void advance(Step step) {
        List<SliceStep> slices = bet(step);
        boolean more = slices.stream().anyMatch(SliceStep::canBet);
        slices.stream().filter(slice -> slice.bets() > 0).forEach(slice -> slice.emit(more));
        GateState after =
                Objects.requireNonNull(step.state().get(GateKeys.gate(before.getCandidateId()), GateState.class));
        Conclusion conclusion = Conclusion.of(after, alpha(after));
        if (!conclusion.equals(Conclusion.of(before, alpha(before)))
                || !verdicts(before).equals(verdicts(after))) {
            emit(step, after, conclusion);
        }
    }

    private List<SliceStep> bet(Step step) {
        boolean closing = step.nowMs() >= before.getDeadlineMs();
        int betsLeft = EvidenceFeature.MAX_BETS_PER_STEP;
        List<SliceStep> slices = new ArrayList<>();
        for (SliceProgress slice : before.getSlices()) {
            SliceStep sliceStep = new SliceStep(step, before, slice, alpha(before), closing);
            betsLeft -= sliceStep.bet(betsLeft);
            slices.add(sliceStep);
        }
        return slices;
    }

    private static List<Verdict> verdicts(GateState gate) {
        return gate.getSlices().stream().map(Conclusion::of).toList();
    }

    private static double alpha(GateState gate) {
        return GateTest.alphaForAttempt(Micros.toDouble(gate.getAlphaMicros()), gate.getAttempt());
    }

    /** Says what there is to say now that what kept the gate from passing has ended. */
    void unblock(Step step) {
        emit(step, before, Conclusion.of(before, alpha(before)));
    }

    private static void emit(Step step, GateState gate, Conclusion conclusion) {
        Optional<SliceAlert> block = conclusion.verdict() == Verdict.PASS ? Block.of(step, gate) : Optional.empty();
        if (block.isPresent()) {
            emit(step, gate, conclusion.blockedBy(block.get()), block.get());
        } else {
            emit(step, gate, conclusion, null);
        }
    }

    private static void emit(Step step, GateState gate, Conclusion conclusion, @Nullable SliceAlert block) {
        List<SliceEvidence> slices =
                gate.getSlices().stream().map(Gate::evidence).toList();
        step.emit(new GateDecided(new GateVerdict(
                gate.getCandidateId(),
                gate.getReferenceId(),
                conclusion.verdict(),
                conclusion.verdict() != Verdict.UNKNOWN && block == null,
                conclusion.reason(),
                Micros.of(alpha(gate)),
                slices,
                gate.getPlanDigest(),
                step.hasPolicy() ? step.policy().getPolicyVersion() : 0,
                step.nowMs(),
                block == null ? "" : block.getAlertId(),
                block == null ? 0L : block.getUntilMs())));
    }

    private static SliceEvidence evidence(SliceProgress slice) {
        return new SliceEvidence(
                slice.getSlice(),
                slice.getConsumed(),
                slice.getAwaited(),
                slice.getMissing(),
                slice.getPassLogEvidenceNanos(),
                slice.getFailLogEvidenceNanos(),
                Conclusion.of(slice));
    }
}
