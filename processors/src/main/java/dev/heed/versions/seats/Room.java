package dev.heed.versions.seats;

import dev.heed.core.DatasetRules;
import dev.heed.core.StateReader;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowSeat;
import dev.heed.journal.RowOffer;
import dev.heed.math.Micros;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.SourceCap;
import dev.heed.state.NearHolder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a dataset has room for a row. */
final class Room {
    private final StateReader state;
    private final DatasetRule rule;

    Room(StateReader state, DatasetRule rule) {
        this.state = state;
        this.rule = rule;
    }

    /**
     * What keeps the row out, or null. What a row that stands has a place for already is not asked again.
     *
     * @param held the seat in which the row stands; null when it does not stand or is to be held against all anew
     * @param own the seat in which the row stands, so that it does not stand in its own way; null when it does not
     */
    @Nullable RowBlocker blocker(RowSeat seat, @Nullable RowSeat held, @Nullable RowSeat own) {
        RowBlocker near = near(seat, held);
        if (near != null) {
            return near;
        }
        List<RowBlocker> places = Seats.counted(held);
        List<RowBlocker> mine = Seats.counted(own);
        for (RowBlocker place : Seats.counted(seat)) {
            if (!places.contains(place) && !hasRoom(place, seat, mine)) {
                return place;
            }
        }
        return null;
    }

    private @Nullable RowBlocker near(RowSeat seat, @Nullable RowSeat held) {
        NearIndex.Reach reach = reach(seat, held);
        if (reach.isNone()) {
            return null;
        }
        RowOffer offer = seat.getOffer();
        NearHolder near = NearIndex.find(
                state, offer.getDataset(), seat.getSimhash(), offer.getInteractionId(), offer.getSplit(), reach);
        if (near != null) {
            return new RowBlocker(RowBlock.DUPLICATE, NearIndex.name(near.getSplit(), near.getSimhash()));
        }
        String crowded = NearIndex.crowded(state, offer.getDataset(), seat.getSimhash(), offer.getInteractionId());
        return crowded == null ? null : new RowBlocker(RowBlock.CROWDED, crowded);
    }

    /** How near no other prompt may be: a row that stands and changes sides is asked for its new side alone. */
    private NearIndex.Reach reach(RowSeat seat, @Nullable RowSeat held) {
        int duplicate = Objects.requireNonNullElse(rule.getDuplicateBits(), -1);
        int holdout = Objects.requireNonNullElse(rule.getHoldoutBits(), -1);
        if (held == null || held.getSimhash() != seat.getSimhash()) {
            return new NearIndex.Reach(duplicate, Math.max(duplicate, holdout));
        }
        boolean sameSide = held.getOffer().getSplit() == seat.getOffer().getSplit();
        return new NearIndex.Reach(-1, sameSide ? -1 : holdout);
    }

    private boolean hasRoom(RowBlocker place, RowSeat seat, List<RowBlocker> mine) {
        long others = others(seat, place, mine);
        return place.getBlock() == RowBlock.SOURCE
                ? others < cap(seat, place)
                : (others + 1) * Micros.ONE <= mostMicros(seat, mine);
    }

    private long others(RowSeat seat, RowBlocker place, List<RowBlocker> mine) {
        return SeatBook.standing(state, seat.getOffer().getDataset(), place) - (mine.contains(place) ? 1 : 0);
    }

    private int cap(RowSeat seat, RowBlocker place) {
        for (String source : seat.getSources()) {
            if (Seats.counted(RowBlock.SOURCE, seat, source).equals(place)) {
                return rule.getSourceCaps().stream()
                        .filter(cap -> DatasetRules.isOf(source, cap))
                        .mapToInt(SourceCap::getMaxRows)
                        .findFirst()
                        .orElse(Integer.MAX_VALUE);
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Most rows of the class, in micros: the ratio times the rows of the rarest of the others, which is one at least. */
    private long mostMicros(RowSeat seat, List<RowBlocker> mine) {
        ClassBalance balance = rule.getClassBalance();
        long rarest = Long.MAX_VALUE;
        for (String other : balance == null ? List.<String>of() : balance.getClasses()) {
            if (!other.equals(seat.getClassName())) {
                RowBlocker place = Seats.counted(RowBlock.CLASS, seat, other);
                rarest = Math.min(rarest, Math.max(1, others(seat, place, mine)));
            }
        }
        return balance == null || rarest == Long.MAX_VALUE ? Long.MAX_VALUE : balance.getMaxRatioMicros() * rarest;
    }
}
