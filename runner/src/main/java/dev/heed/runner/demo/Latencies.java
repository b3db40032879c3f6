package dev.heed.runner.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waiting times and their quantiles. */
final class Latencies {
    private final List<Long> millis = new ArrayList<>();

    void add(long ms) {
        millis.add(ms);
    }

    int count() {
        return millis.size();
    }

    /** The smallest time that at least this share of all does not exceed, in milliseconds; null when there is none. */
    @Nullable Long quantile(double share) {
        if (millis.isEmpty()) {
            return null;
        }
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
