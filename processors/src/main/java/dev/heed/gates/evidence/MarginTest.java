package dev.heed.gates.evidence;

import dev.heed.event.Direction;
import dev.heed.fact.BetMoments;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.math.Bets;
import dev.heed.math.GateTest;
import dev.heed.math.Micros;
import dev.heed.math.Nanos;
import dev.heed.state.ClusterResult;
import dev.heed.state.SliceProgress;
import org.jspecify.annotations.Nullable;

/** Whether a slice is worse than its margin and, with a margin of nothing, which way it goes. */
final class MarginTest implements SliceTest {
    private GateTest margin;
    private GateTest direction;

    MarginTest(SliceProgress slice, double alpha) {
        BetMoments stored = slice.getBets();
        Bets bets = new Bets(
                stored.getCount(), Nanos.toDouble(stored.getSumNanos()), Nanos.toDouble(stored.getSquaresNanos()));
        this.margin = new GateTest(
                Micros.toDouble(slice.getMarginMicros()),
                alpha,
                bets,
                Nanos.toDouble(slice.getPassLogEvidenceNanos()),
                Nanos.toDouble(slice.getFailLogEvidenceNanos()),
                SliceTest.latched(slice.getVerdict()),
                0,
                GateTest.Digits.NANOS);
        this.direction = new GateTest(
                0,
                alpha,
                bets,
                Nanos.toDouble(slice.getAboveLogEvidenceNanos()),
                Nanos.toDouble(slice.getBelowLogEvidenceNanos()),
                latched(slice.getDirection()),
                0,
                GateTest.Digits.NANOS);
    }

    private static GateTest.Verdict latched(Direction direction) {
        return switch (direction) {
            case UP -> GateTest.Verdict.PASS;
            case DOWN -> GateTest.Verdict.FAIL;
            case UNKNOWN -> GateTest.Verdict.INCONCLUSIVE;
        };
    }

    @Override
    public void observe(@Nullable ClusterResult result) {
        double lost = SliceTest.mean(result, -Micros.ONE);
        double won = SliceTest.mean(result, Micros.ONE);
        margin = margin.observe(lost, won);
        direction = direction.observe(lost, won);
    }

    @Override
    public GateTest.Verdict verdict() {
        return margin.verdict();
    }

    @Override
    public boolean undecided(boolean compared) {
        return margin.verdict() == GateTest.Verdict.INCONCLUSIVE
                || (compared && direction.verdict() == GateTest.Verdict.INCONCLUSIVE);
    }

    @Override
    public void write(EvidenceAdvanced.Builder fact) {
        Bets bets = margin.bets();
        fact.setPassLogEvidenceNanos(Nanos.of(margin.passLogEvidence()))
                .setFailLogEvidenceNanos(Nanos.of(margin.failLogEvidence()))
                .setAboveLogEvidenceNanos(Nanos.of(direction.passLogEvidence()))
                .setBelowLogEvidenceNanos(Nanos.of(direction.failLogEvidence()))
                .setBets(new BetMoments((long) bets.count(), Nanos.of(bets.sum()), Nanos.of(bets.squares())))
                .setVerdict(SliceTest.stored(margin.verdict()))
                .setDirection(direction());
    }

    private Direction direction() {
        return switch (direction.verdict()) {
            case PASS -> Direction.UP;
            case FAIL -> Direction.DOWN;
            case INCONCLUSIVE -> Direction.UNKNOWN;
        };
    }
}
