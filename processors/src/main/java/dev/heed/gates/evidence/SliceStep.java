package dev.heed.gates.evidence;

import dev.heed.core.Step;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.gates.GateKeys;
import dev.heed.gates.SliceTests;
import dev.heed.state.ClusterResult;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import org.jspecify.annotations.Nullable;

/** One slice in one step: bets on the next clusters as long as they are complete, or are not going to be. */
final class SliceStep {
    private final Step step;
    private final GateState gate;
    private final SliceProgress slice;
    private final boolean closing;
    private final SliceTest test;
    private int consumed;
    private int missing;

    SliceStep(Step step, GateState gate, SliceProgress slice, double alpha, boolean closing) {
        this.step = step;
        this.gate = gate;
        this.slice = slice;
        this.closing = closing;
        this.consumed = slice.getConsumed();
        this.missing = slice.getMissing();
        this.test = SliceTest.of(slice, alpha);
    }

    /** Bets at most so often; returns how often it did. */
    int bet(int limit) {
        while (canBet() && bets() < limit) {
            ClusterResult result = next();
            missing += SliceTest.complete(result) ? 0 : 1;
            test.observe(result);
            consumed++;
        }
        return bets();
    }

    int bets() {
        return consumed - slice.getConsumed();
    }

    /**
     * Whether there is a cluster to bet on now. Results are bet on after a verdict too: it stays, but the evidence to
     * name the failed slices grows. What is missing is only bet on where something is still undecided.
     */
    boolean canBet() {
        return consumed < slice.getAwaited()
                && (SliceTest.complete(next()) || (closing && test.undecided(SliceTests.compared(gate, slice))));
    }

    private @Nullable ClusterResult next() {
        return step.state()
                .get(
                        GateKeys.result(gate.getCandidateId(), slice.getMetric(), slice.getSlice(), consumed),
                        ClusterResult.class);
    }

    /** Says what the bets came to. */
    void emit(boolean more) {
        EvidenceAdvanced.Builder fact = EvidenceAdvanced.newBuilder()
                .setCandidateId(gate.getCandidateId())
                .setSlice(slice.getSlice())
                .setMetric(slice.getMetric())
                .setConsumed(consumed)
                .setMissing(missing)
                .setMore(more);
        test.write(fact);
        step.emit(fact.build());
    }
}
