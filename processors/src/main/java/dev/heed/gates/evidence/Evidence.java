package dev.heed.gates.evidence;

import dev.heed.event.Verdict;
import dev.heed.fact.BetMoments;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.math.GateTest;
import dev.heed.math.Micros;
import dev.heed.math.Nanos;
import dev.heed.out.SliceEvidence;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.ArrayList;
import java.util.List;

/** The evidence of a gate as the public sees it. */
public final class Evidence {
    private static final long NANOS_PER_MICRO = Nanos.ONE / Micros.ONE;

    private final double alpha;

    private Evidence(double alpha) {
        this.alpha = alpha;
    }

    /** The evidence of each slice as it stands, in the order of the plan. */
    public static List<SliceEvidence> of(GateState gate) {
        return of(gate, Announcement.conclusion(gate).named());
    }

    /** As {@link #of(GateState)}, where it is known which slices can be named as failed, by their indexes. */
    static List<SliceEvidence> of(GateState gate, List<Integer> named) {
        Evidence evidence = new Evidence(Announcement.alpha(gate));
        List<SliceEvidence> slices = new ArrayList<>();
        for (int i = 0; i < gate.getSlices().size(); i++) {
            slices.add(evidence.of(gate.getSlices().get(i), named.contains(i)));
        }
        return slices;
    }

    /**
     * The evidence of a slice after a further step of bets. Which slices can be named stays as it was said: when that
     * changes, a verdict says so.
     *
     * @param alpha the gate's level
     */
    public static SliceEvidence after(SliceEvidence before, EvidenceAdvanced step, double alpha) {
        boolean spent = step.getConsumed() == before.getAwaited() && step.getVerdict() == Verdict.UNKNOWN;
        return SliceEvidence.newBuilder(before)
                .setConsumed(step.getConsumed())
                .setMissing(step.getMissing())
                .setPassLogEvidenceNanos(step.getPassLogEvidenceNanos())
                .setFailLogEvidenceNanos(step.getFailLogEvidenceNanos())
                .setVerdict(spent ? Verdict.INCONCLUSIVE : step.getVerdict())
                .setAboveLogEvidenceNanos(step.getAboveLogEvidenceNanos())
                .setBelowLogEvidenceNanos(step.getBelowLogEvidenceNanos())
                .setDirection(step.getDirection())
                .setMeanDifferenceMicros(meanMicros(step.getBets()))
                .setRateBoundMicros(new Evidence(alpha)
                        .rateBoundMicros(
                                before.getZeroTolerance(),
                                step.getConsumed(),
                                step.getMissing(),
                                step.getFailLogEvidenceNanos()))
                .build();
    }

    private SliceEvidence of(SliceProgress slice, boolean failed) {
        return SliceEvidence.newBuilder()
                .setSlice(slice.getSlice())
                .setConsumed(slice.getConsumed())
                .setAwaited(slice.getAwaited())
                .setMissing(slice.getMissing())
                .setPassLogEvidenceNanos(slice.getPassLogEvidenceNanos())
                .setFailLogEvidenceNanos(slice.getFailLogEvidenceNanos())
                .setVerdict(Conclusion.of(slice))
                .setMetric(slice.getMetric())
                .setAboveLogEvidenceNanos(slice.getAboveLogEvidenceNanos())
                .setBelowLogEvidenceNanos(slice.getBelowLogEvidenceNanos())
                .setDirection(slice.getDirection())
                .setMeanDifferenceMicros(meanMicros(slice.getBets()))
                .setZeroTolerance(slice.getZeroTolerance())
                .setRateBoundMicros(rateBoundMicros(
                        slice.getZeroTolerance(),
                        slice.getConsumed(),
                        slice.getMissing(),
                        slice.getFailLogEvidenceNanos()))
                .setNamed(failed)
                .build();
    }

    /** d = 2x − 1 of the mean x of what was observed, the prior one taken out again; a slice without bets has none. */
    private static long meanMicros(BetMoments bets) {
        long observed = bets.getCount() - 1;
        long sumNanos = bets.getSumNanos() - Nanos.ONE / 2;
        return observed == 0 ? 0 : StrictMath.round((2.0 * sumNanos / observed - Nanos.ONE) / NANOS_PER_MICRO);
    }

    /** Rounded up, so that no lower rate is claimed than is shown. */
    private long rateBoundMicros(boolean zeroTolerance, int consumed, int missing, long failLogEvidenceNanos) {
        return zeroTolerance && missing == 0 && failLogEvidenceNanos == 0
                ? (long) StrictMath.ceil(GateTest.zeroToleranceBound(consumed, alpha) * Micros.ONE)
                : Micros.ONE;
    }
}
