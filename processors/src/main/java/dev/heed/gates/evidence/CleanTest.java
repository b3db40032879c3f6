package dev.heed.gates.evidence;

import dev.heed.fact.BetMoments;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.math.GateTest;
import dev.heed.math.Micros;
import dev.heed.math.Nanos;
import dev.heed.math.ZeroTolerance;
import dev.heed.state.ClusterResult;
import dev.heed.state.SliceProgress;
import org.jspecify.annotations.Nullable;

/** Whether a slice of zero tolerance has a violation, or is shown to have few enough. */
final class CleanTest implements SliceTest {
    private final BetMoments bets;
    private ZeroTolerance test;

    CleanTest(SliceProgress slice, double alpha) {
        this.bets = slice.getBets();
        this.test = new ZeroTolerance(
                Micros.toDouble(slice.getMaxRateMicros()),
                alpha,
                Nanos.toDouble(slice.getPassLogEvidenceNanos()),
                Nanos.toDouble(slice.getFailLogEvidenceNanos()),
                SliceTest.latched(slice.getVerdict()));
    }

    @Override
    public void observe(@Nullable ClusterResult result) {
        test = test.observe(result != null && result.getViolations() > 0, SliceTest.complete(result));
    }

    @Override
    public GateTest.Verdict verdict() {
        return test.verdict();
    }

    @Override
    public boolean undecided(boolean compared) {
        return test.verdict() == GateTest.Verdict.INCONCLUSIVE;
    }

    @Override
    public void write(EvidenceAdvanced.Builder fact) {
        fact.setPassLogEvidenceNanos(Nanos.of(test.passLogEvidence()))
                .setFailLogEvidenceNanos(Nanos.of(test.failLogEvidence()))
                .setBets(bets)
                .setVerdict(SliceTest.stored(test.verdict()));
    }
}
