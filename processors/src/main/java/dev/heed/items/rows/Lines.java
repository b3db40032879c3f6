package dev.heed.items.rows;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Dataset;
import dev.heed.event.Split;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowSeat;
import dev.heed.state.RowNumber;
import dev.heed.state.RowRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a dataset: rows that wait for the same thing, the longest waiting first. Each row waits for one thing that
 * keeps it out, so only when that gives way does it need to be asked again; a line that is to be asked is open.
 */
final class Lines {
    /** Most open lines that are looked at to find who has waited longest. */
    static final int MAX_OPEN = 64;

    private static final String LINE = "row-line";
    private static final String OPEN = "row-line-open";
    private static final String SEQUENCE = "row-sequence";

    private Lines() {}

    /** A line that is to be asked. */
    record Line(
            Dataset dataset, RowBlocker blocker, @Nullable RowRef head, long sequence) {}

    /** The place in line of a row that has not waited before. */
    static long next(StateReader state, Dataset dataset) {
        RowNumber next = state.get(Keys.of(SEQUENCE, dataset.name()), RowNumber.class);
        return next == null ? 1 : next.getNumber();
    }

    static void join(State state, RowRef row, RowSeat seat, RowBlocker blocker) {
        if (blocker.getBlock() != RowBlock.RATERS) { // A standing finds its rows by their raters.
            state.put(key(seat, blocker), row);
        }
        if (seat.getSequence() >= next(state, seat.getDataset())) {
            state.put(Keys.of(SEQUENCE, seat.getDataset().name()), new RowNumber(seat.getSequence() + 1));
        }
    }

    static void leave(State state, RowSeat seat, RowBlocker blocker) {
        state.delete(key(seat, blocker));
    }

    /** Has a line asked, if anybody waits in it. */
    static void open(State state, Dataset dataset, RowBlocker blocker) {
        if (!heads(state, dataset, blocker).isEmpty()) {
            state.put(openKey(dataset, blocker), blocker);
        }
    }

    /** Has the lines of all classes of one side asked. */
    static void openClasses(State state, Dataset dataset, Split split) {
        String all = Keys.prefix(LINE, dataset.name(), RowBlock.CLASS.name());
        String after = all;
        for (var entry = one(state, all, after); !entry.isEmpty(); entry = one(state, all, after)) {
            String name = Keys.parts(entry.get(0).key())[3];
            if (name.startsWith(split.name() + " ")) {
                RowBlocker blocker = new RowBlocker(RowBlock.CLASS, name);
                state.put(openKey(dataset, blocker), blocker);
            }
            after = all + name + '\u0001'; // After all keys of this name, and before any other name.
        }
    }

    static void close(State state, Dataset dataset, RowBlocker blocker) {
        state.delete(openKey(dataset, blocker));
    }

    /** The open line whose head has waited longest; one that nobody waits in comes first. Null when none is open. */
    static @Nullable Line first(StateReader state) {
        List<Line> lines = new ArrayList<>();
        for (StateReader.Entry<RowBlocker> open : state.withPrefix(Keys.prefix(OPEN), RowBlocker.class, MAX_OPEN)) {
            Dataset dataset = Dataset.valueOf(Keys.parts(open.key())[1]);
            List<StateReader.Entry<RowRef>> heads = heads(state, dataset, open.value());
            lines.add(
                    heads.isEmpty()
                            ? new Line(dataset, open.value(), null, 0)
                            : new Line(
                                    dataset,
                                    open.value(),
                                    heads.get(0).value(),
                                    Long.parseLong(Keys.parts(heads.get(0).key())[4], 16)));
        }
        Line first = null;
        for (Line each : lines) {
            first = first == null || each.sequence() < first.sequence() ? each : first;
        }
        return first;
    }

    private static List<StateReader.Entry<RowRef>> heads(StateReader state, Dataset dataset, RowBlocker blocker) {
        return state.withPrefix(
                Keys.prefix(LINE, dataset.name(), blocker.getBlock().name(), blocker.getName()), RowRef.class, 1);
    }

    private static List<StateReader.Entry<RowRef>> one(StateReader state, String prefix, String after) {
        return state.withPrefixAfter(prefix, after, RowRef.class, 1);
    }

    private static String key(RowSeat seat, RowBlocker blocker) {
        return Keys.of(
                LINE,
                seat.getDataset().name(),
                blocker.getBlock().name(),
                blocker.getName(),
                Keys.ascending(seat.getSequence()),
                seat.getRowId());
    }

    private static String openKey(Dataset dataset, RowBlocker blocker) {
        return Keys.of(OPEN, dataset.name(), blocker.getBlock().name(), blocker.getName());
    }
}
