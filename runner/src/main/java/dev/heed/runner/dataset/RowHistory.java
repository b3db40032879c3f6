package dev.heed.runner.dataset;

import dev.heed.fact.ClaimChanged;
import dev.heed.out.Judgment;
import java.util.function.Consumer;

/** What a row is traced through beside the records that versions are made of. */
public interface RowHistory extends DatasetTopics {
    void judgments(Consumer<Judgment> reader);

    /** Each change of what a row claims of its dataset's rule, those of one row in their order. */
    void claims(Consumer<ClaimChanged> reader);
}
