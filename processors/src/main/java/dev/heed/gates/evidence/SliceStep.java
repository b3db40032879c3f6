package dev.heed.gates.evidence;

import dev.heed.core.Step;
import dev.heed.event.Verdict;
import dev.heed.fact.BetMoments;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.gates.GateKeys;
import dev.heed.math.Bets;
import dev.heed.math.GateTest;
import dev.heed.math.Micros;
import dev.heed.math.Nanos;
import dev.heed.state.ClusterResult;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import org.jspecify.annotations.Nullable;

/** One slice in one step: bets on the next clusters as long as their results are there, or are not going to come. */
final class SliceStep {
    private final Step step;
    private final GateState gate;
    private final SliceProgress slice;
    private final boolean closing;
    private GateTest test;
    private int consumed;
    private int missing;

    SliceStep(Step step, GateState gate, SliceProgress slice, double alpha, boolean closing) {
        this.step = step;
        this.gate = gate;
        this.slice = slice;
        this.closing = closing;
        this.consumed = slice.getConsumed();
        this.missing = slice.getMissing();
        BetMoments bets = slice.getBets();
        this.test = new GateTest(
                Micros.toDouble(slice.getMarginMicros()),
                alpha,
                new Bets(bets.getCount(), Nanos.toDouble(bets.getSumNanos()), Nanos.toDouble(bets.getSquaresNanos())),
                Nanos.toDouble(slice.getPassLogEvidenceNanos()),
                Nanos.toDouble(slice.getFailLogEvidenceNanos()),
                latched(slice.getVerdict()),
                0,
                GateTest.Digits.NANOS);
    }

    private static GateTest.Verdict latched(Verdict verdict) {
        return switch (verdict) {
            case PASS -> GateTest.Verdict.PASS;
            case FAIL -> GateTest.Verdict.FAIL;
            default -> GateTest.Verdict.INCONCLUSIVE;
        };
    }

    /** Bets at most so often; returns how often it did. */
    int bet(int limit) {
        while (canBet() && bets() < limit) {
            ClusterResult result = next();
            missing += result == null ? 1 : 0;
            test = result == null ? test.observeMissing() : test.observe(Micros.toDouble(result.getDifferenceMicros()));
            consumed++;
        }
        return bets();
    }

    int bets() {
        return consumed - slice.getConsumed();
    }

    /**
     * Whether there is a cluster to bet on now. Results are bet on after a verdict too: it stays, but the evidence to
     * name the failed slices grows. What is missing is only bet on where there is no verdict yet.
     */
    boolean canBet() {
        boolean undecided = test.verdict() == GateTest.Verdict.INCONCLUSIVE;
        return consumed < slice.getAwaited() && (next() != null || (closing && undecided));
    }

    private @Nullable ClusterResult next() {
        return step.state()
                .get(GateKeys.result(gate.getCandidateId(), slice.getSlice(), consumed), ClusterResult.class);
    }

    /** Says what the bets came to. */
    void emit(boolean more) {
        Bets bets = test.bets();
        step.emit(new EvidenceAdvanced(
                gate.getCandidateId(),
                slice.getSlice(),
                consumed,
                Nanos.of(test.passLogEvidence()),
                Nanos.of(test.failLogEvidence()),
                new BetMoments((long) bets.count(), Nanos.of(bets.sum()), Nanos.of(bets.squares())),
                missing,
                verdict(),
                more));
    }

    private Verdict verdict() {
        return switch (test.verdict()) {
            case PASS -> Verdict.PASS;
            case FAIL -> Verdict.FAIL;
            case INCONCLUSIVE -> Verdict.UNKNOWN;
        };
    }
}
