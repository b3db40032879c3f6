package dev.heed.items.seals;

import static dev.heed.items.ItemsPolicies.PREFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.StageTrial;
import dev.heed.core.Channel;
import dev.heed.event.Dataset;
import dev.heed.fact.DatasetCut;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.RowChanged;
import dev.heed.fact.SealMarked;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.SealMarker;
import dev.heed.journal.VersionsEvent;
import dev.heed.math.DatasetTree;
import dev.heed.math.Merkle;
import dev.heed.out.ClassCount;
import dev.heed.out.Delta;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealsTest {
    private static final long[] A = {950_000, 40_000, 10_000};
    private static final long[] B = {40_000, 950_000, 10_000};

    private final ItemsTrial items = new ItemsTrial();
    private long version;

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void theLastMarkerCuts() {
        judged("i1", "A", A);
        assertThat(mark(5, 1)).hasSize(1).first().isInstanceOf(SealMarked.class);
        judged("i2", "B", B);

        DatasetCut cut = (DatasetCut) mark(5, 0).get(0);

        assertThat(cut.getCut().getDeltas())
                .as("also what came between the markers")
                .isEqualTo(2);
        assertThat(cut.getCut().getRows() + cut.getCut().getHoldoutRows()).isEqualTo(2);
        assertThat(cut.getCut().getPartition()).isEqualTo(4);
        assertThat(cut.getClasses()).extracting(ClassCount::getClassName).containsExactly("A", "B");
        assertThat(cut.getCut().getRoot()).isEqualTo(root());
        assertThat(trial().sent(Channel.VERSIONS_JOURNAL))
                .extracting(each -> ((VersionsEvent) Objects.requireNonNull(each.value())).getCut())
                .containsExactly(cut);
    }

    @Test
    void aRetractedRowLeavesTheCountsAndStaysInTheTree() {
        judged("i1", "A", A);
        items.consent("i1", 2, false);

        DatasetCut cut = seal(5);

        assertThat(cut.getCut().getDeltas()).isEqualTo(2);
        assertThat(cut.getCut().getRows()).isZero();
        assertThat(cut.getClasses()).isEmpty();
        assertThat(cut.getPolicyVersions()).isEmpty();
        assertThat(cut.getRubricVersions()).isEmpty();
        assertThat(cut.getCut().getRoot()).isEqualTo(root());
    }

    @Test
    void aRevisedRowIsCountedWhereItStandsNow() {
        judged("i1", "A", A);
        judged("i1", "B", B);

        DatasetCut cut = seal(5);

        assertThat(cut.getCut().getDeltas()).isEqualTo(2);
        assertThat(cut.getClasses()).extracting(ClassCount::getClassName).containsExactly("B");
    }

    @Test
    void sealsThatCrossAreCutOneAfterTheOther() {
        mark(5, 0);
        mark(8, 0);
        judged("i1", "A", A);
        DatasetCut first = (DatasetCut) mark(5, 1).get(0);
        judged("i2", "A", A);
        DatasetCut second = (DatasetCut) mark(8, 1).get(0);

        assertThat(first.getCut().getDeltas()).isEqualTo(1);
        assertThat(second.getCut().getDeltas()).isEqualTo(2);
    }

    @Test
    void aRepeatedMarkerCountsOnce() {
        mark(5, 0);
        assertThat(mark(5, 0)).first().isInstanceOf(DuplicateIgnored.class);
        mark(5, 1);
        assertThat(mark(5, 1)).first().isInstanceOf(DuplicateIgnored.class);
        assertThat(trial().facts(DatasetCut.class)).hasSize(1);
    }

    @Test
    void datasetsAreCutApart() {
        judged("i1", "A", A);
        mark(5, 0);

        assertThat(trial().send("sft", marker(Dataset.SFT, 5, 1))).first().isInstanceOf(SealMarked.class);
        assertThat(trial().facts(DatasetCut.class)).isEmpty();
    }

    private DatasetCut seal(long sequence) {
        mark(sequence, 0);
        return (DatasetCut) mark(sequence, 1).get(0);
    }

    private List<SpecificRecord> mark(long sequence, int from) {
        return trial().send("preference", marker(Dataset.PREFERENCE, sequence, from));
    }

    private static SealMarker marker(Dataset dataset, long sequence, int from) {
        return new SealMarker("seal-" + sequence, dataset, sequence, from, 4, 2);
    }

    /** Root over all deltas so far, from all leaves at once. */
    private String root() {
        List<byte[]> leaves = trial().facts(RowChanged.class).stream()
                .map(RowChanged::getDelta)
                .filter(delta -> delta.getDataset() == Dataset.PREFERENCE)
                .map(SealsTest::leaf)
                .toList();
        return HexFormat.of().formatHex(Merkle.root(leaves));
    }

    private static byte[] leaf(Delta delta) {
        return DatasetTree.delta(
                delta.getRowId(),
                delta.getRevision(),
                delta.getOp().name(),
                delta.getSplit().name(),
                delta.getRowHash());
    }

    private StageTrial trial() {
        return items.stage();
    }

    private void judged(String id, String className, long[] belief) {
        items.interaction(id, 2);
        items.consent(id, 1, true);
        String eventId = "f" + ++version;
        items.sendPublic(
                id,
                ItemsTrial.feedback(eventId, id, "rita")
                        .setQuestionId(PREFERENCE)
                        .setClassName(className)
                        .build());
        items.belief(id, PREFERENCE, version, 1, eventId, belief);
    }
}
