package dev.heed.calibration.labels;

import dev.heed.calibration.Counts;
import dev.heed.calibration.Vectors;
import dev.heed.event.RaterKind;

/** Counts as they will be after a move. */
record MovedCounts(Counts before, CountsMove move) implements Counts {
    @Override
    public int classes() {
        return before.classes();
    }

    @Override
    public long items() {
        return before.items() + move.items();
    }

    @Override
    public long labels(RaterKind kind) {
        return before.labels(kind) + move.labels(kind);
    }

    @Override
    public long[] beliefSums() {
        return Vectors.plus(before.beliefSums(), move.beliefSums());
    }

    @Override
    public long[] weightedSums() {
        return Vectors.plus(before.weightedSums(), move.weightedSums());
    }

    @Override
    public long[] pooled(RaterKind kind) {
        long[] counts = before.pooled(kind);
        move.addPooledTo(counts, kind);
        return counts;
    }

    @Override
    public long[] of(RaterKind kind, String raterId) {
        long[] counts = before.of(kind, raterId);
        CountsMove.Change change = move.of(kind, raterId);
        if (change != null) {
            change.addTo(counts);
        }
        return counts;
    }
}
