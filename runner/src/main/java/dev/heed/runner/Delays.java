package dev.heed.runner;

import java.util.List;

/** How long things took, milliseconds, from the shortest to the longest. */
public record Delays(List<Double> ms) {
    public Delays {
        ms = ms.stream().sorted().toList();
    }

    /** The delay that this share of all does not exceed, by nearest rank; 0 of none. */
    public double quantile(double share) {
        return ms.isEmpty() ? 0 : ms.get(Math.max(0, (int) StrictMath.ceil(share * ms.size()) - 1));
    }

    /** The share of all, including those that never came, that took no longer. */
    public double shareWithin(double atMostMs, int all) {
        return (double) ms.stream().filter(each -> each <= atMostMs).count() / all;
    }
}
