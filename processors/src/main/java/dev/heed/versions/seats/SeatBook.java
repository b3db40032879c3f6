package dev.heed.versions.seats;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Dataset;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowSeat;
import dev.heed.fact.SeatChanged;
import dev.heed.journal.RowOffer;
import dev.heed.state.RowNumber;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state behind seats: the seat of each row, how many rows stand of each source and class, near prompts, and lines. */
final class SeatBook {
    private static final String SEAT = "seat";
    private static final String COUNT = "seats-counted";

    private SeatBook() {}

    /** The seat that the row has or waits for, or null. */
    static @Nullable RowSeat find(StateReader state, Dataset dataset, String rowId) {
        return state.get(key(dataset, rowId), RowSeat.class);
    }

    /**
     * Seats in the order of datasets and row ids.
     *
     * @param place {@link #place} of the last seat before; empty to begin
     */
    static List<RowSeat> after(StateReader state, String place, int most) {
        String prefix = Keys.prefix(SEAT);
        int end = place.indexOf('|');
        String after = end < 0 ? prefix : Keys.of(SEAT, place.substring(0, end), place.substring(end + 1));
        return state.withPrefixAfter(prefix, after, RowSeat.class, most).stream()
                .map(StateReader.Entry::value)
                .toList();
    }

    /** Where a seat is in the order. */
    static String place(RowSeat seat) {
        return seat.getOffer().getDataset().name() + "|" + seat.getOffer().getRowId();
    }

    /** Rows that stand of a source or class. */
    static long standing(StateReader state, Dataset dataset, RowBlocker counted) {
        RowNumber rows = state.get(countKey(dataset, counted), RowNumber.class);
        return rows == null ? 0 : rows.getNumber();
    }

    static void apply(State state, SeatChanged changed) {
        RowSeat former = changed.getFormer();
        RowSeat seat = changed.getSeat();
        RowBlocker waited = former == null ? null : former.getBlocker();
        if (former != null && waited != null && (seat == null || !waited.equals(seat.getBlocker()))) {
            Lines.leave(state, former, waited);
        }
        if (seat == null) {
            state.delete(key(Objects.requireNonNull(former).getOffer()));
        } else {
            state.put(key(seat.getOffer()), seat);
            enter(state, seat, former);
        }
        if (former != null && waited == null) {
            leave(state, former, seat);
        }
    }

    private static void enter(State state, RowSeat seat, @Nullable RowSeat former) {
        if (seat.getBlocker() != null) {
            Lines.join(state, seat, seat.getBlocker());
            return;
        }
        if (countNear(state, seat, 1)) {
            Lines.openPrompt(state, seat.getOffer());
        }
        List<RowBlocker> before = Seats.counted(Seats.taken(former));
        for (RowBlocker each : Seats.counted(seat)) {
            if (!before.contains(each)) {
                count(state, seat, each, 1);
            }
        }
    }

    private static void leave(State state, RowSeat former, @Nullable RowSeat seat) {
        if (countNear(state, former, -1)) {
            String near = NearIndex.name(former.getOffer().getSplit(), former.getSimhash());
            open(state, former, RowBlock.DUPLICATE, near);
            NearIndex.buckets(former.getSimhash()).forEach(bucket -> open(state, former, RowBlock.CROWDED, bucket));
        }
        List<RowBlocker> after = Seats.counted(Seats.taken(seat));
        for (RowBlocker each : Seats.counted(former)) {
            if (!after.contains(each)) {
                count(state, former, each, -1);
            }
        }
    }

    private static boolean countNear(State state, RowSeat seat, int change) {
        RowOffer offer = seat.getOffer();
        return NearIndex.count(
                state, offer.getDataset(), seat.getSimhash(), offer.getInteractionId(), offer.getSplit(), change);
    }

    private static void count(State state, RowSeat seat, RowBlocker counted, int change) {
        Dataset dataset = seat.getOffer().getDataset();
        long rows = standing(state, dataset, counted) + change;
        if (rows == 0) {
            state.delete(countKey(dataset, counted));
        } else {
            state.put(countKey(dataset, counted), new RowNumber(rows));
        }
        if (counted.getBlock() == RowBlock.CLASS) {
            Lines.openClasses(state, dataset, seat.getOffer().getSplit());
        } else if (change < 0) {
            Lines.open(state, dataset, counted);
        }
    }

    private static void open(State state, RowSeat seat, RowBlock block, String name) {
        Lines.open(state, seat.getOffer().getDataset(), new RowBlocker(block, name));
    }

    private static String countKey(Dataset dataset, RowBlocker counted) {
        return Keys.of(COUNT, dataset.name(), counted.getBlock().name(), counted.getName());
    }

    private static String key(RowOffer offer) {
        return key(offer.getDataset(), offer.getRowId());
    }

    private static String key(Dataset dataset, String rowId) {
        return Keys.of(SEAT, dataset.name(), rowId);
    }
}
