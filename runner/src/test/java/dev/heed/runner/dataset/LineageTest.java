package dev.heed.runner.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.event.Dataset;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowClaim;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.runner.Failure;
import dev.heed.text.KeyRing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that have never stood: those that have are traced beside a whole loop, in {@code PairsStudyTest}. */
class LineageTest implements RowHistory {
    private static final String ROW = "i1|preference|preference";

    private final List<ClaimChanged> claims = new ArrayList<>();

    @Test
    void aRowThatWaitsSaysForWhat() {
        claimed(null, waits(RowBlock.ASKED, ""));
        assertThat(DatasetReports.lineage(this, ROW)).contains("waits for    its dataset's answer\n");

        claimed(waits(RowBlock.ASKED, ""), waits(RowBlock.SOURCE, "TRAIN MODEL tutor@3"));
        assertThat(DatasetReports.lineage(this, ROW))
                .isEqualTo("row          " + ROW + "\n"
                        + "waits for    fewer rows of its source: TRAIN MODEL tutor@3\n"
                        + "versions     none\n");

        claimed(waits(RowBlock.SOURCE, "TRAIN MODEL tutor@3"), null);
        assertThatThrownBy(() -> DatasetReports.lineage(this, ROW))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(ROW + ": no such row");
    }

    private void claimed(@Nullable RowClaim former, @Nullable RowClaim claim) {
        claims.add(new ClaimChanged("i1", "preference", former, claim));
    }

    private static RowClaim waits(RowBlock block, String name) {
        return new RowClaim(ROW, Dataset.PREFERENCE, 1L, null, List.of(), new RowBlocker(block, name), "judged");
    }

    @Override
    public void claims(Consumer<ClaimChanged> reader) {
        claims.forEach(reader);
    }

    @Override
    public void versions(Consumer<DatasetVersion> reader) {
        // There are none.
    }

    @Override
    public void deltas(BiConsumer<Integer, Delta> reader) {
        // There are none.
    }

    @Override
    public void contents(BiConsumer<String, @Nullable Content> reader) {
        // There are none.
    }

    @Override
    public void contentKeys(BiConsumer<String, @Nullable ContentKey> reader) {
        // There are none.
    }

    @Override
    public KeyRing keyRing() {
        return KeyRing.ofThisProcess();
    }

    @Override
    public void judgments(Consumer<Judgment> reader) {
        // There are none.
    }
}
