package dev.heed.runner.gate;

import dev.heed.fact.OverrideProposed;
import dev.heed.math.Micros;
import dev.heed.math.Nanos;
import dev.heed.out.BlockerFound;
import dev.heed.out.GateVerdict;
import dev.heed.out.SliceEvidence;
import java.time.Instant;
import java.util.Locale;

/** A gate's verdict with its evidence, for people. */
final class GateReport {
    private static final double LARGEST_SHOWN = 13.8;

    private GateReport() {}

    static String text(GateVerdict verdict) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s against %s: %s%s%n%s%n",
                verdict.getCandidateId(),
                verdict.getReferenceId(),
                verdict.getVerdict().name().equals("UNKNOWN")
                        ? "OPEN"
                        : verdict.getVerdict().name(),
                verdict.getLatched() ? "" : " (may change)",
                verdict.getReason()));
        text.append(String.format(
                Locale.ROOT,
                "attempt %d, alpha %.6f: evidence of %.1f decides a slice%n",
                verdict.getAttempt(),
                Micros.toDouble(verdict.getAlphaMicros()),
                1 / Micros.toDouble(verdict.getAlphaMicros())));
        slices(text, verdict);
        for (BlockerFound blocker : verdict.getBlockers()) {
            text.append(String.format(
                    Locale.ROOT, "%nblocked: %s %s: %s", blocker.getBlocker(), blocker.getId(), blocker.getDetail()));
        }
        OverrideProposed proposed = verdict.getProposed();
        if (proposed != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s asks for %s: %s; a second person is awaited until %s",
                    proposed.getActor(),
                    proposed.getVerdict(),
                    proposed.getReason(),
                    Instant.ofEpochMilli(proposed.getUntilMs())));
        }
        if (verdict.getLate() > 0) {
            text.append(String.format(
                    Locale.ROOT, "%n%d results came after the deadline and had no part", verdict.getLate()));
        }
        return text.toString();
    }

    private static void slices(StringBuilder text, GateVerdict verdict) {
        text.append(String.format(
                Locale.ROOT,
                "%-28s %-13s %11s %8s %9s %10s %10s  %s",
                "slice",
                "verdict",
                "clusters",
                "missing",
                "mean",
                "for pass",
                "for fail",
                "shown"));
        for (SliceEvidence slice : verdict.getSlices()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-28s %-13s %5d/%5d %8d %9s %10s %10s  %s",
                    slice.getSlice() + (slice.getMetric().isEmpty() ? "" : ":" + slice.getMetric()),
                    slice.getVerdict().name().equals("UNKNOWN")
                            ? "open"
                            : slice.getVerdict().name(),
                    slice.getConsumed(),
                    slice.getAwaited(),
                    slice.getMissing(),
                    slice.getZeroTolerance()
                            ? ""
                            : String.format(Locale.ROOT, "%+.4f", Micros.toDouble(slice.getMeanDifferenceMicros())),
                    evidence(slice.getPassLogEvidenceNanos()),
                    evidence(slice.getFailLogEvidenceNanos()),
                    shown(slice)));
        }
    }

    private static String shown(SliceEvidence slice) {
        if (slice.getZeroTolerance()) {
            return slice.getRateBoundMicros() < Micros.ONE
                    ? String.format(Locale.ROOT, "rate below %.4f", Micros.toDouble(slice.getRateBoundMicros()))
                    : slice.getNamed() ? "violated" : "";
        }
        String direction =
                switch (slice.getDirection()) {
                    case UP -> "better";
                    case DOWN -> "worse";
                    case UNKNOWN -> "";
                };
        return slice.getNamed() ? "worse than its margin" : direction;
    }

    /** e to the logarithm, or its power of ten where that is easier to read. */
    private static String evidence(long logNanos) {
        double log = Nanos.toDouble(logNanos);
        if (log <= -1_000) {
            return "0";
        } else if (log >= 1_000) {
            return "certain";
        }
        return StrictMath.abs(log) < LARGEST_SHOWN
                ? String.format(Locale.ROOT, "%.3f", StrictMath.exp(log))
                : String.format(Locale.ROOT, "1e%.0f", StrictMath.floor(log / StrictMath.log(10)));
    }
}
