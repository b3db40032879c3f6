package dev.heed.versions.seats;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Dataset;
import dev.heed.event.Split;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowSeat;
import dev.heed.journal.RowOffer;
import dev.heed.state.RowNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a dataset: rows that wait for the same thing, the longest waiting first. Each row waits for one thing that
 * keeps it out, so only when that gives way does it need to be asked again; a line that is to be asked is open.
 */
final class Lines {
    /** Most open lines that are looked at to find who has waited longest. */
    static final int MAX_OPEN = 64;

    private static final String LINE = "line";
    private static final String OPEN = "line-open";
    private static final String SEQUENCE = "line-sequence";
    private static final String PROMPT = "line-prompt";
    /** Most rows of one prompt that are asked again when one of them comes in. */
    private static final int MAX_OF_PROMPT = 64;

    private Lines() {}

    /**
     * A line that is to be asked.
     *
     * @param head row id of the first that waits in it; null when nobody does
     */
    record Line(
            Dataset dataset, RowBlocker blocker, @Nullable String head, long sequence) {}

    /** The place in line of a row that has not waited before. */
    static long next(StateReader state, Dataset dataset) {
        RowNumber next = state.get(Keys.of(SEQUENCE, dataset.name()), RowNumber.class);
        return next == null ? 1 : next.getNumber();
    }

    static void join(State state, RowSeat seat, RowBlocker blocker) {
        Dataset dataset = seat.getOffer().getDataset();
        state.put(key(seat, blocker), blocker);
        state.put(promptKey(seat.getOffer()), blocker);
        if (seat.getSequence() >= next(state, dataset)) {
            state.put(Keys.of(SEQUENCE, dataset.name()), new RowNumber(seat.getSequence() + 1));
        }
    }

    static void leave(State state, RowSeat seat, RowBlocker blocker) {
        state.delete(key(seat, blocker));
        state.delete(promptKey(seat.getOffer()));
        close(state, seat.getOffer().getDataset(), ofRow(seat.getOffer().getRowId()));
    }

    /**
     * Has the rows that wait asked whose prompt has come in: they are no duplicates of it, and those before them in their
     * line may be.
     */
    static void openPrompt(State state, RowOffer offer) {
        String prefix = Keys.prefix(PROMPT, offer.getDataset().name(), offer.getInteractionId());
        state.withPrefix(prefix, RowBlocker.class, MAX_OF_PROMPT).forEach(each -> {
            RowBlocker row = ofRow(Keys.lastPart(each.key()));
            state.put(openKey(offer.getDataset(), row), row);
        });
    }

    private static RowBlocker ofRow(String rowId) {
        return new RowBlocker(RowBlock.ROW, rowId);
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
            lines.add(
                    open.value().getBlock() == RowBlock.ROW
                            ? row(state, dataset, open.value())
                            : line(state, dataset, open.value()));
        }
        Line first = null;
        for (Line each : lines) {
            first = first == null || each.sequence() < first.sequence() ? each : first;
        }
        return first;
    }

    private static Line row(StateReader state, Dataset dataset, RowBlocker row) {
        RowSeat seat = Objects.requireNonNull(SeatBook.find(state, dataset, row.getName()));
        return new Line(dataset, row, row.getName(), seat.getSequence());
    }

    private static Line line(StateReader state, Dataset dataset, RowBlocker blocker) {
        List<StateReader.Entry<RowBlocker>> heads = heads(state, dataset, blocker);
        if (heads.isEmpty()) {
            return new Line(dataset, blocker, null, 0);
        }
        String key = heads.get(0).key();
        return new Line(dataset, blocker, Keys.lastPart(key), Long.parseLong(Keys.parts(key)[4], 16));
    }

    private static List<StateReader.Entry<RowBlocker>> heads(StateReader state, Dataset dataset, RowBlocker blocker) {
        return state.withPrefix(
                Keys.prefix(LINE, dataset.name(), blocker.getBlock().name(), blocker.getName()), RowBlocker.class, 1);
    }

    private static List<StateReader.Entry<RowBlocker>> one(StateReader state, String prefix, String after) {
        return state.withPrefixAfter(prefix, after, RowBlocker.class, 1);
    }

    private static String key(RowSeat seat, RowBlocker blocker) {
        return Keys.of(
                LINE,
                seat.getOffer().getDataset().name(),
                blocker.getBlock().name(),
                blocker.getName(),
                Keys.ascending(seat.getSequence()),
                seat.getOffer().getRowId());
    }

    private static String promptKey(RowOffer offer) {
        return Keys.of(PROMPT, offer.getDataset().name(), offer.getInteractionId(), offer.getRowId());
    }

    private static String openKey(Dataset dataset, RowBlocker blocker) {
        return Keys.of(OPEN, dataset.name(), blocker.getBlock().name(), blocker.getName());
    }
}
