package dev.heed.gates.evidence;

import dev.heed.event.Direction;
import dev.heed.event.Verdict;
import dev.heed.gates.SliceTests;
import dev.heed.math.GateTest;
import dev.heed.math.Nanos;
import dev.heed.out.BlockerFound;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.List;

/**
 * What the slices of a gate say together.
 *
 * @param verdict UNKNOWN while more evidence can come
 * @param reason for a person
 * @param named indexes of the slices that can be named as failed
 */
record Conclusion(Verdict verdict, String reason, List<Integer> named) {
    static Conclusion of(GateState gate, double alpha) {
        if (gate.getAttempt() == 0) {
            return of(Verdict.UNKNOWN, "the plan is frozen, and which attempt it is is awaited");
        }
        List<SliceProgress> slices = gate.getSlices();
        if (slices.stream().anyMatch(slice -> slice.getVerdict() == Verdict.FAIL)) {
            return failure(gate, alpha);
        }
        // That every slice passes needs no correction for their number: each alone had to reach its level.
        if (slices.stream().allMatch(slice -> slice.getVerdict() == Verdict.PASS)) {
            List<String> open = names(
                    gate,
                    slices.stream().filter(slice -> !compared(gate, slice)).toList());
            // Which way reward and people go is compared over all results, or it would depend on which come first.
            return open.isEmpty()
                    ? of(Verdict.PASS, "every slice is shown to be no worse than its margin")
                    : of(Verdict.UNKNOWN, "reward and human judgment are still being compared on slices " + open);
        }
        List<String> open = names(
                gate, slices.stream().filter(slice -> of(slice) != Verdict.PASS).toList());
        if (slices.stream().noneMatch(slice -> of(slice) == Verdict.UNKNOWN)) {
            return of(Verdict.INCONCLUSIVE, "no result is awaited any more, and nothing is shown on slices " + open);
        }
        return of(Verdict.UNKNOWN, "results are awaited on slices " + open);
    }

    private static Conclusion of(Verdict verdict, String reason) {
        return new Conclusion(verdict, reason, List.of());
    }

    /** The same while something keeps it from being said. */
    Conclusion blockedBy(List<BlockerFound> found) {
        List<String> each = found.stream().map(Conclusion::told).toList();
        return new Conclusion(Verdict.INCONCLUSIVE, reason + ", but " + String.join(", and ", each), named);
    }

    static String told(BlockerFound blocker) {
        return switch (blocker.getBlocker()) {
            case DRIFT -> "alert " + blocker.getId() + " stands until " + blocker.getUntilMs();
            case REWARD_AGAINST_HUMAN -> blocker.getDetail() + " on slice " + blocker.getId();
            default -> blocker.getDetail() + " (" + blocker.getId() + ")";
        };
    }

    /** What one slice says alone: INCONCLUSIVE when all its clusters are consumed without a verdict, or it has none. */
    static Verdict of(SliceProgress slice) {
        boolean spent = slice.getConsumed() == slice.getAwaited();
        return slice.getVerdict() == Verdict.UNKNOWN && spent ? Verdict.INCONCLUSIVE : slice.getVerdict();
    }

    /** True where nothing more can come of the check of reward against people. */
    private static boolean compared(GateState gate, SliceProgress slice) {
        return !SliceTests.compared(gate, slice)
                || slice.getZeroTolerance()
                || slice.getDirection() != Direction.UNKNOWN
                || slice.getConsumed() == slice.getAwaited();
    }

    private static Conclusion failure(GateState gate, double alpha) {
        double[] evidence = gate.getSlices().stream()
                .mapToDouble(slice -> Nanos.toDouble(slice.getFailLogEvidenceNanos()))
                .toArray();
        List<Integer> named = GateTest.failedSlices(evidence, alpha);
        List<String> names =
                names(gate, named.stream().map(gate.getSlices()::get).toList());
        String reason = names.isEmpty()
                ? "a slice is worse than its margin, but among so many none can be named yet"
                : "worse than the margin on slices " + names;
        return new Conclusion(Verdict.FAIL, reason, named);
    }

    private static List<String> names(GateState gate, List<SliceProgress> slices) {
        return slices.stream().map(slice -> SliceTests.name(gate, slice)).toList();
    }
}
