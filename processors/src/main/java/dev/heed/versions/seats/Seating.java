package dev.heed.versions.seats;

import dev.heed.core.Channel;
import dev.heed.core.DatasetRules;
import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.NotUpgraded;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Dataset;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LineServed;
import dev.heed.fact.PolicyInstalled;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowSeat;
import dev.heed.fact.SeatChanged;
import dev.heed.fact.SeatsSwept;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.RowOffer;
import dev.heed.journal.SeatAsked;
import dev.heed.journal.SeatDecided;
import dev.heed.journal.SeatLeft;
import dev.heed.journal.Tick;
import dev.heed.policy.DatasetRule;
import dev.heed.state.RowsCursor;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives the rows of a dataset their seats, as its rule has room for them among the rows of all items. Items ask before a
 * row comes in, and say when it leaves; one that finds no room waits in a line, and has its seat when room comes.
 */
public final class Seating implements Feature {
    /** Most rows that are held against a new policy at one tick. */
    static final int MAX_ROWS_PER_TICK = 64;

    private static final String SWEEP = Keys.of("seats-sweep");

    @Override
    public void decide(Step step) {
        if (step.event() instanceof SeatAsked asked) {
            ask(step, asked);
        } else if (step.event() instanceof SeatLeft left) {
            RowSeat held = SeatBook.find(step.state(), known(left.getDataset()), left.getRowId());
            if (held != null && held.getNumber() <= left.getNumber()) {
                step.emit(new SeatChanged(held, null, false));
            }
        }
        boolean tick = step.event() instanceof Tick;
        if (tick) {
            sweep(step);
        }
        if (tick || !step.facts(SeatChanged.class).isEmpty()) {
            Serving.serve(step);
        }
    }

    private static void ask(Step step, SeatAsked asked) {
        RowOffer offer = asked.getOffer();
        RowSeat held = SeatBook.find(step.state(), known(offer.getDataset()), offer.getRowId());
        if (held != null && asked.getNumber() <= held.getNumber()) {
            step.ignoreDuplicate();
        } else {
            settle(step, offer, asked.getNumber(), held, false);
        }
    }

    private static Dataset known(Dataset dataset) {
        if (dataset == Dataset.UNKNOWN) {
            throw new NotUpgraded("a row is of a dataset this version does not know");
        }
        return dataset;
    }

    /**
     * Gives the row the seat it stands in, one that is free, or a place in line.
     *
     * @param byPolicy whether it is held against a newer policy, as if it came now
     */
    static void settle(Step step, RowOffer offer, long number, @Nullable RowSeat held, boolean byPolicy) {
        DatasetRule rule = DatasetRules.find(step.policy(), offer.getDataset());
        RowSeat seat = Seats.of(rule, offer, number);
        RowSeat own = Seats.taken(held);
        RowBlocker blocker =
                rule == null ? null : new Room(step.state(), rule).blocker(seat, byPolicy ? null : own, own);
        if (blocker != null) {
            long sequence =
                    held != null && own == null ? held.getSequence() : Lines.next(step.state(), offer.getDataset());
            seat = Seats.waiting(seat, blocker, sequence);
        }
        if (!seat.equals(held)) {
            step.emit(new SeatChanged(held, seat, byPolicy));
        }
    }

    /** Holds some more rows against the policy in force. */
    private static void sweep(Step step) {
        RowsCursor cursor = step.state().get(SWEEP, RowsCursor.class);
        if (cursor == null) {
            return;
        }
        List<RowSeat> seats = SeatBook.after(step.state(), cursor.getCursor(), MAX_ROWS_PER_TICK);
        for (RowSeat seat : seats) {
            settle(step, seat.getOffer(), seat.getNumber(), seat, true);
        }
        String reached = seats.size() < MAX_ROWS_PER_TICK ? "" : SeatBook.place(seats.get(seats.size() - 1));
        step.emit(new SeatsSwept(step.policy().getPolicyVersion(), reached));
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PolicyInstalled) {
            if (!SeatBook.after(state, "", 1).isEmpty()) {
                state.put(SWEEP, new RowsCursor(""));
            }
        } else if (fact instanceof SeatsSwept swept) {
            if (swept.getCursor().isEmpty()) {
                state.delete(SWEEP);
            } else {
                state.put(SWEEP, new RowsCursor(swept.getCursor()));
            }
        } else if (fact instanceof SeatChanged changed) {
            SeatBook.apply(state, changed);
        } else if (fact instanceof LineServed served) {
            Lines.close(state, served.getDataset(), served.getBlocker());
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof SeatChanged changed && changed.getSeat() != null) {
            RowSeat seat = changed.getSeat();
            RowSeat former = changed.getFormer();
            if (former == null
                    || former.getNumber() != seat.getNumber()
                    || !Objects.equals(former.getBlocker(), seat.getBlocker())) {
                out.send(
                        Channel.ITEMS_JOURNAL,
                        seat.getOffer().getInteractionId(),
                        ItemsEvent.newBuilder()
                                .setSeatDecided(answer(seat, changed.getByPolicy()))
                                .build());
            }
        }
    }

    private static SeatDecided answer(RowSeat seat, boolean byPolicy) {
        RowOffer offer = seat.getOffer();
        return new SeatDecided(
                offer.getInteractionId(),
                offer.getQuestionId(),
                offer.getRowId(),
                seat.getNumber(),
                seat.getBlocker(),
                byPolicy);
    }
}
