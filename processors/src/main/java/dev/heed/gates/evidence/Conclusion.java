package dev.heed.gates.evidence;

import dev.heed.event.Verdict;
import dev.heed.journal.SliceAlert;
import dev.heed.math.GateTest;
import dev.heed.math.Nanos;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.List;

/**
 * What the slices of a gate say together.
 *
 * @param verdict UNKNOWN while more evidence can come
 * @param reason for a person
 */
record Conclusion(Verdict verdict, String reason) {
    static Conclusion of(GateState gate, double alpha) {
        List<SliceProgress> slices = gate.getSlices();
        if (slices.stream().anyMatch(slice -> slice.getVerdict() == Verdict.FAIL)) {
            return new Conclusion(Verdict.FAIL, failure(slices, alpha));
        }
        // That every slice passes needs no correction for their number: each alone had to reach its level.
        if (slices.stream().allMatch(slice -> slice.getVerdict() == Verdict.PASS)) {
            return new Conclusion(Verdict.PASS, "every slice is shown to be no worse than its margin");
        }
        List<String> open = slices.stream()
                .filter(slice -> of(slice) != Verdict.PASS)
                .map(SliceProgress::getSlice)
                .toList();
        if (slices.stream().noneMatch(slice -> of(slice) == Verdict.UNKNOWN)) {
            return new Conclusion(
                    Verdict.INCONCLUSIVE, "no result is awaited any more, and nothing is shown on slices " + open);
        }
        return new Conclusion(Verdict.UNKNOWN, "results are awaited on slices " + open);
    }

    /** The same while an alert keeps it from being said. */
    Conclusion blockedBy(SliceAlert alert) {
        return new Conclusion(
                Verdict.INCONCLUSIVE,
                reason + ", but alert " + alert.getAlertId() + " stands until " + alert.getUntilMs());
    }

    /** What one slice says alone: INCONCLUSIVE when all its clusters are consumed without a verdict, or it has none. */
    static Verdict of(SliceProgress slice) {
        boolean spent = slice.getConsumed() == slice.getAwaited();
        return slice.getVerdict() == Verdict.UNKNOWN && spent ? Verdict.INCONCLUSIVE : slice.getVerdict();
    }

    private static String failure(List<SliceProgress> slices, double alpha) {
        double[] evidence = slices.stream()
                .mapToDouble(slice -> Nanos.toDouble(slice.getFailLogEvidenceNanos()))
                .toArray();
        List<String> named = GateTest.failedSlices(evidence, alpha).stream()
                .map(index -> slices.get(index).getSlice())
                .toList();
        return named.isEmpty()
                ? "a slice is worse than its margin, but among so many none can be named yet"
                : "worse than the margin on slices " + named;
    }
}
