package dev.heed.items.rows;

import dev.heed.core.Step;
import dev.heed.fact.LineServed;
import dev.heed.items.Items;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.RowRef;
import java.util.Objects;

/** Asks the rows that wait in open lines again, the longest waiting first, a bounded number at a time. */
final class Serving {
    /** Most rows asked in the wake of one event; the rest at the next ticks. */
    static final int MAX_PER_EVENT = 32;

    private Serving() {}

    static void serve(Step step, RowLaw law) {
        for (int asked = 0; asked < MAX_PER_EVENT; asked++) {
            Lines.Line line = Lines.first(step.state());
            if (line == null) {
                return;
            }
            int before = step.facts().size();
            if (line.head() != null) {
                ask(step, law, line.head());
            }
            if (step.facts().size() == before) { // Nobody waits, or the head still waits for the same.
                step.emit(new LineServed(line.dataset(), line.blocker()));
            }
        }
    }

    private static void ask(Step step, RowLaw law, RowRef row) {
        Item item = Objects.requireNonNull(Items.find(step.state(), row.getInteractionId()));
        ItemQuestion held = Items.question(item, row.getQuestionId());
        new Settlement(step, law, item, held, Rows.ROOM).one(row.getRowId());
    }
}
