package dev.heed.items.seals;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Dataset;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.fact.RowChanged;
import dev.heed.fact.RowPlace;
import dev.heed.items.RowPlaces;
import dev.heed.math.DatasetTree;
import dev.heed.math.MerkleFrontier;
import dev.heed.out.Delta;
import dev.heed.state.DatasetLedger;
import dev.heed.state.RowCount;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of this feature: one ledger per dataset, and a count for each class, policy and rubric. */
final class Ledgers {
    static final String CLASSES = "class";
    static final String POLICIES = "policy";
    static final String RUBRICS = "rubric";

    private static final DatasetLedger EMPTY = new DatasetLedger(0L, List.of(), 0L, 0L, -1L);

    private Ledgers() {}

    static DatasetLedger find(StateReader state, Dataset dataset) {
        DatasetLedger held = state.get(key(dataset), DatasetLedger.class);
        return held == null ? EMPTY : held;
    }

    /** Takes a delta in: one leaf, and at most six counts. */
    static void add(State state, RowChanged changed) {
        Delta delta = changed.getDelta();
        RowPlace former = changed.getFormer();
        RowPlace now = delta.getOp() == RowOp.RETRACT ? null : RowPlaces.of(delta);
        DatasetLedger ledger = find(state, delta.getDataset());
        MerkleFrontier frontier = frontier(ledger)
                .append(DatasetTree.delta(
                        delta.getRowId(),
                        delta.getRevision(),
                        delta.getOp().name(),
                        delta.getSplit().name(),
                        delta.getRowHash()));
        long rows = ledger.getRows() - in(former, Split.TRAIN) + in(now, Split.TRAIN);
        long holdout = ledger.getHoldoutRows() - in(former, Split.HOLDOUT) + in(now, Split.HOLDOUT);
        put(
                state,
                delta.getDataset(),
                new DatasetLedger(
                        frontier.size(),
                        frontier.peaks().stream().map(ByteBuffer::wrap).toList(),
                        rows,
                        holdout,
                        ledger.getCutSequence()));
        if (former != null) {
            count(state, delta.getDataset(), former, -1);
        }
        if (now != null) {
            count(state, delta.getDataset(), now, 1);
        }
    }

    static void put(State state, Dataset dataset, DatasetLedger ledger) {
        state.put(key(dataset), ledger);
    }

    static MerkleFrontier frontier(DatasetLedger ledger) {
        List<byte[]> peaks = new ArrayList<>();
        for (ByteBuffer peak : ledger.getPeaks()) {
            byte[] bytes = new byte[peak.remaining()];
            peak.duplicate().get(bytes);
            peaks.add(bytes);
        }
        return new MerkleFrontier(ledger.getDeltas(), peaks);
    }

    /** At most so many counts of one kind, in the order of their names; a policy's name is its version, padded. */
    static List<StateReader.Entry<RowCount>> counts(StateReader state, Dataset dataset, String kind, int limit) {
        return state.withPrefix(Keys.prefix("row-count", dataset.name(), kind), RowCount.class, limit);
    }

    private static int in(@Nullable RowPlace place, Split split) {
        return place != null && place.getSplit() == split ? 1 : 0;
    }

    private static void count(State state, Dataset dataset, RowPlace place, int change) {
        count(state, Keys.of("row-count", dataset.name(), CLASSES, place.getClassName()), place, change);
        String policy = Keys.ascending(place.getPolicyVersion());
        count(state, Keys.of("row-count", dataset.name(), POLICIES, policy), place, change);
        count(state, Keys.of("row-count", dataset.name(), RUBRICS, place.getRubricVersion()), place, change);
    }

    private static void count(State state, String key, RowPlace place, int change) {
        RowCount held = state.get(key, RowCount.class);
        boolean train = place.getSplit() == Split.TRAIN;
        long rows = (held == null ? 0 : held.getRows()) + (train ? change : 0);
        long holdout = (held == null ? 0 : held.getHoldoutRows()) + (train ? 0 : change);
        if (rows == 0 && holdout == 0) {
            state.delete(key);
        } else {
            state.put(key, new RowCount(rows, holdout));
        }
    }

    private static String key(Dataset dataset) {
        return Keys.of("dataset", dataset.name());
    }
}
