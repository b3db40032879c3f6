package dev.heed.gates.evidence;

import dev.heed.event.Verdict;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.math.GateTest;
import dev.heed.math.Micros;
import dev.heed.state.ClusterResult;
import dev.heed.state.SliceProgress;
import org.jspecify.annotations.Nullable;

/** The test of one slice, going on from what is stored of it. */
interface SliceTest {
    static SliceTest of(SliceProgress slice, double alpha) {
        return slice.getZeroTolerance() ? new CleanTest(slice, alpha) : new MarginTest(slice, alpha);
    }

    /**
     * Bets on the next cluster.
     *
     * @param result what is in of it, null for nothing
     */
    void observe(@Nullable ClusterResult result);

    /** What the slice alone is shown to be. */
    GateTest.Verdict verdict();

    /** Whether the next cluster can still change anything that the gate goes by. */
    boolean undecided(boolean compared);

    /** Writes down how it stands. */
    void write(EvidenceAdvanced.Builder fact);

    static boolean complete(@Nullable ClusterResult result) {
        return result != null && result.getReceived() == result.getExamples();
    }

    /**
     * The mean difference of a cluster if what is missing had come out as said.
     *
     * @param missingMicros the difference of each missing result, in micros
     */
    static double mean(@Nullable ClusterResult result, long missingMicros) {
        if (result == null) {
            return Micros.toDouble(missingMicros);
        }
        long missing = (long) result.getExamples() - result.getReceived();
        return Micros.toDouble(result.getSumMicros() + missing * missingMicros) / result.getExamples();
    }

    static GateTest.Verdict latched(Verdict verdict) {
        return switch (verdict) {
            case PASS -> GateTest.Verdict.PASS;
            case FAIL -> GateTest.Verdict.FAIL;
            default -> GateTest.Verdict.INCONCLUSIVE;
        };
    }

    static Verdict stored(GateTest.Verdict verdict) {
        return switch (verdict) {
            case PASS -> Verdict.PASS;
            case FAIL -> Verdict.FAIL;
            case INCONCLUSIVE -> Verdict.UNKNOWN;
        };
    }
}
