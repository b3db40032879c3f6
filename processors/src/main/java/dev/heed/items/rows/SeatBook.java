package dev.heed.items.rows;

import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Dataset;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowSeat;
import dev.heed.fact.SeatChanged;
import dev.heed.items.Items;
import dev.heed.state.RowNumber;
import dev.heed.state.RowRef;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state behind seats: how many rows stand of each source and class, near prompts, lines, and the rows of a rater. */
final class SeatBook {
    private static final String COUNT = "row-seats";
    private static final String RATER = "row-rater";

    private SeatBook() {}

    /** Rows that stand of a source or class. */
    static long standing(StateReader state, Dataset dataset, RowBlocker counted) {
        RowNumber rows = state.get(countKey(dataset, counted), RowNumber.class);
        return rows == null ? 0 : rows.getNumber();
    }

    /** Rows with a label of the person behind them, in the order of their ids. */
    static List<StateReader.Entry<RowRef>> rowsOf(
            StateReader state, String questionId, String raterId, String afterRowId, int most) {
        return state.withPrefixAfter(
                Keys.prefix(RATER, questionId, raterId),
                Keys.of(RATER, questionId, raterId, afterRowId),
                RowRef.class,
                most);
    }

    static void apply(State state, SeatChanged changed) {
        RowSeat former = changed.getFormer();
        RowSeat seat = changed.getSeat();
        if (seat != null) {
            enter(state, changed, seat, former);
        }
        if (former != null) {
            leave(state, changed, former, seat);
        }
        String rowId = Objects.requireNonNull(seat == null ? former : seat).getRowId();
        Items.updateQuestion(state, changed.getInteractionId(), changed.getQuestionId(), question -> {
            List<RowSeat> seats =
                    Records.without(question.getSeats(), each -> each.getRowId().equals(rowId));
            if (seat != null) {
                seats.add(seat);
                seats.sort(Comparator.comparing(RowSeat::getRowId));
            }
            question.setSeats(seats);
        });
    }

    private static void enter(State state, SeatChanged changed, RowSeat seat, @Nullable RowSeat former) {
        RowRef row = new RowRef(seat.getRowId(), changed.getInteractionId(), changed.getQuestionId());
        seat.getRaterIds().forEach(rater -> state.put(raterKey(changed, rater, seat), row));
        if (seat.getBlocker() != null) {
            Lines.join(state, row, seat, seat.getBlocker());
            return;
        }
        countNear(state, changed, seat, 1);
        List<RowBlocker> before = Seats.counted(Seats.taken(former));
        for (RowBlocker each : Seats.counted(seat)) {
            if (!before.contains(each)) {
                count(state, seat, each, 1);
            }
        }
    }

    private static void leave(State state, SeatChanged changed, RowSeat former, @Nullable RowSeat seat) {
        for (String rater : former.getRaterIds()) {
            if (seat == null || !seat.getRaterIds().contains(rater)) {
                state.delete(raterKey(changed, rater, former));
            }
        }
        if (former.getBlocker() != null) {
            if (seat == null || !former.getBlocker().equals(seat.getBlocker())) {
                Lines.leave(state, former, former.getBlocker());
            }
            return;
        }
        if (countNear(state, changed, former, -1)) {
            open(state, former, RowBlock.DUPLICATE, NearIndex.name(former.getSimhash()));
            NearIndex.buckets(former.getSimhash()).forEach(bucket -> open(state, former, RowBlock.CROWDED, bucket));
        }
        List<RowBlocker> after = Seats.counted(Seats.taken(seat));
        for (RowBlocker each : Seats.counted(former)) {
            if (!after.contains(each)) {
                count(state, former, each, -1);
            }
        }
    }

    private static boolean countNear(State state, SeatChanged changed, RowSeat seat, int change) {
        return NearIndex.count(
                state, seat.getDataset(), seat.getSimhash(), changed.getInteractionId(), seat.getSplit(), change);
    }

    private static void count(State state, RowSeat seat, RowBlocker counted, int change) {
        long rows = standing(state, seat.getDataset(), counted) + change;
        if (rows == 0) {
            state.delete(countKey(seat.getDataset(), counted));
        } else {
            state.put(countKey(seat.getDataset(), counted), new RowNumber(rows));
        }
        if (counted.getBlock() == RowBlock.CLASS) {
            Lines.openClasses(state, seat.getDataset(), seat.getSplit());
        } else if (change < 0) {
            Lines.open(state, seat.getDataset(), counted);
        }
    }

    private static void open(State state, RowSeat seat, RowBlock block, String name) {
        Lines.open(state, seat.getDataset(), new RowBlocker(block, name));
    }

    private static String countKey(Dataset dataset, RowBlocker counted) {
        return Keys.of(COUNT, dataset.name(), counted.getBlock().name(), counted.getName());
    }

    /** Standings are on questions, also of those who judge proposals. */
    private static String raterKey(SeatChanged changed, String raterId, RowSeat seat) {
        return Keys.of(RATER, Keys.owner(changed.getQuestionId()), raterId, seat.getRowId());
    }
}
