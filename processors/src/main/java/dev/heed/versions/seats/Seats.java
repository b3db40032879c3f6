package dev.heed.versions.seats;

import dev.heed.core.DatasetRules;
import dev.heed.core.Records;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowSeat;
import dev.heed.journal.RowOffer;
import dev.heed.policy.DatasetRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place of a row in a dataset: a pure function of the row's offer and the dataset's rule. */
final class Seats {
    private Seats() {}

    /**
     * The seat of a row that stands.
     *
     * @param rule null for a dataset that takes all, and counts nothing
     * @param number of the question that this answers
     */
    static RowSeat of(@Nullable DatasetRule rule, RowOffer offer, long number) {
        if (rule == null) {
            return new RowSeat(offer, number, 0L, List.of(), "", null, 0L);
        }
        RowOffer counted = DatasetRules.counted(rule, offer);
        return new RowSeat(offer, number, counted.getSimhash(), counted.getSources(), counted.getClassName(), null, 0L);
    }

    /** The seat of a row that waits. */
    static RowSeat waiting(RowSeat seat, RowBlocker blocker, long sequence) {
        return Records.with(seat, changed -> {
            changed.setBlocker(blocker);
            changed.setSequence(sequence);
        });
    }

    /** The seat if its row stands in it, or null. */
    static @Nullable RowSeat taken(@Nullable RowSeat seat) {
        return seat == null || seat.getBlocker() != null ? null : seat;
    }

    /** The places whose rows are counted: one for each source, and one for the class; none without a seat. */
    static List<RowBlocker> counted(@Nullable RowSeat seat) {
        List<RowBlocker> counted = new ArrayList<>();
        if (seat == null) {
            return counted;
        }
        seat.getSources().forEach(source -> counted.add(counted(RowBlock.SOURCE, seat, source)));
        if (!seat.getClassName().isEmpty()) {
            counted.add(counted(RowBlock.CLASS, seat, seat.getClassName()));
        }
        return counted;
    }

    /** A source or class of the seat's side. */
    static RowBlocker counted(RowBlock block, RowSeat seat, String name) {
        return new RowBlocker(block, seat.getOffer().getSplit().name() + " " + name);
    }
}
