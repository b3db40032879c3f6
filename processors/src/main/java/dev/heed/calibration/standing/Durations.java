package dev.heed.calibration.standing;

import dev.heed.calibration.Vectors;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.math.Micros;
import dev.heed.policy.RaterTrust;
import dev.heed.state.DurationCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the answers to a question take, as counts in bins: four to each doubling of the duration. */
final class Durations {
    private static final int BINS_PER_DOUBLING = 4;
    /** Durations from 2^40 ms, 35 years, on, share the last bin. */
    private static final int BINS = 40 * BINS_PER_DOUBLING;

    private Durations() {}

    /**
     * The duration below which an answer is fast: a share of a quantile of all answers. The quantile is to be a high one,
     * like the median: nobody who answers fast can move it by themselves, as they could the lowest durations of all.
     *
     * @return milliseconds, or null as long as too few durations are known
     */
    static @Nullable Long fastBelowMs(StateReader state, String questionId, RaterTrust rule) {
        DurationCounts held = state.get(StandingKeys.durations(questionId), DurationCounts.class);
        if (held == null || held.getAnswers() < rule.getHasteMinAnswers()) {
            return null;
        }
        List<Long> counts = held.getCounts();
        long below = 0;
        int bin = 0;
        // The largest edge of a bin with at most the quantile below it; in micros of answers, to be exact.
        while (bin < BINS - 1
                && (below + counts.get(bin)) * Micros.ONE <= rule.getHasteQuantileMicros() * held.getAnswers()) {
            below += counts.get(bin);
            bin++;
        }
        return startOfMs(bin) * rule.getHasteFractionMicros() / Micros.ONE;
    }

    static void add(State state, String questionId, long durationMs) {
        String key = StandingKeys.durations(questionId);
        DurationCounts held = state.get(key, DurationCounts.class);
        long[] counts = held == null ? new long[BINS] : Vectors.toArray(held.getCounts());
        counts[bin(durationMs)]++;
        long answers = held == null ? 0 : held.getAnswers();
        state.put(key, new DurationCounts(answers + 1, Vectors.toList(counts)));
    }

    static int bin(long durationMs) {
        if (durationMs < BINS_PER_DOUBLING) {
            return (int) Math.max(0, durationMs);
        }
        int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(durationMs);
        int quarter = (int) (durationMs >> (doublings - 2)) & (BINS_PER_DOUBLING - 1);
        return Math.min(BINS - 1, (doublings - 1) * BINS_PER_DOUBLING + quarter);
    }

    /** The shortest duration of a bin, milliseconds. */
    static long startOfMs(int bin) {
        if (bin < BINS_PER_DOUBLING) {
            return bin;
        }
        int doublings = bin / BINS_PER_DOUBLING + 1;
        return (long) (BINS_PER_DOUBLING + bin % BINS_PER_DOUBLING) << (doublings - 2);
    }
}
