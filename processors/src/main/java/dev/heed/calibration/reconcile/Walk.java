package dev.heed.calibration.reconcile;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Keys;
import dev.heed.core.StateReader;
import dev.heed.state.ItemLabels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A walk over the items of a question in the order of their keys. */
final class Walk {
    private Walk() {}

    /**
     * The next items.
     *
     * @param after the interaction id to go on after; empty to begin
     * @param most how many at most; fewer means that the walk has come to its end
     */
    static List<String> next(StateReader state, String questionId, String after, int most) {
        List<String> items = new ArrayList<>();
        for (StateReader.Entry<ItemLabels> entry : state.withPrefixAfter(
                CalibrationKeys.items(questionId), CalibrationKeys.item(questionId, after), ItemLabels.class, most)) {
            items.add(Keys.lastPart(entry.key()));
        }
        return items;
    }

    /** The next items, beginning again after the last one; none twice. */
    static List<String> around(StateReader state, String questionId, String after, int most) {
        Set<String> items = new LinkedHashSet<>(next(state, questionId, after, most));
        if (items.size() < most) {
            items.addAll(next(state, questionId, "", most - items.size()));
        }
        return List.copyOf(items);
    }
}
