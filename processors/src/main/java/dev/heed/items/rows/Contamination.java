package dev.heed.items.rows;

import dev.heed.event.Blocker;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.fact.RowChanged;
import dev.heed.journal.Concern;
import dev.heed.out.Delta;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Notices when a row comes in on another side than it stood on: a policy with another share of held-out prompts does that.
 * What was trained on is then held out, or what was held out is trained on, and no gate on that dataset measures what it says.
 * Prompts that are alike and on two sides never stand both, where the dataset's rule has {@code holdout_bits}.
 */
final class Contamination {
    private Contamination() {}

    /** What gates are to be concerned about; one concern for each dataset, however many rows. */
    static Optional<Concern> of(RowChanged changed) {
        Delta delta = changed.getDelta();
        Split last = changed.getLastSplit();
        if (delta.getOp() == RowOp.RETRACT || last == Split.UNKNOWN || last == delta.getSplit()) {
            return Optional.empty();
        }
        String dataset = name(delta.getDataset());
        return Optional.of(new Concern(
                dataset,
                Blocker.CONTAMINATION,
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(dataset),
                "row " + delta.getRowId() + " went from " + name(last) + " to " + name(delta.getSplit())));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
