package dev.heed.versions.seats;

import dev.heed.core.Step;
import dev.heed.fact.LineServed;
import dev.heed.fact.RowSeat;
import java.util.Objects;

/** Asks the rows that wait in open lines again, the longest waiting first, a bounded number at a time. */
final class Serving {
    /** Most rows asked in the wake of one event; the rest at the next ticks. */
    static final int MAX_PER_EVENT = 32;

    private Serving() {}

    static void serve(Step step) {
        for (int asked = 0; asked < MAX_PER_EVENT; asked++) {
            Lines.Line line = Lines.first(step.state());
            if (line == null) {
                return;
            }
            int before = step.facts().size();
            if (line.head() != null) {
                RowSeat head = Objects.requireNonNull(SeatBook.find(step.state(), line.dataset(), line.head()));
                Seating.settle(step, head.getOffer(), head.getNumber(), head, false);
            }
            if (step.facts().size() == before) { // Nobody waits, or the head still waits for the same.
                step.emit(new LineServed(line.dataset(), line.blocker()));
            }
        }
    }
}
