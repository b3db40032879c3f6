package dev.heed.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.StageTrial;
import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.event.Dataset;
import dev.heed.fact.CutCollected;
import dev.heed.fact.DatasetCut;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.SealOverdue;
import dev.heed.fact.VersionSealed;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.SealedVersion;
import dev.heed.math.DatasetTree;
import dev.heed.math.Merkle;
import dev.heed.out.ClassCount;
import dev.heed.out.DatasetVersion;
import dev.heed.out.PartitionCut;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CutsTest {
    private static final String EMPTY = HexFormat.of().formatHex(Merkle.root(List.of()));

    private final StageTrial trial = new StageTrial(VersionsStage.create());

    @AfterEach
    void theJournalDecidesTheSameAgain() {
        trial.checkReplay();
    }

    @Test
    void theLastCutMakesTheVersion() {
        trial.tickAfter(5_000);
        assertThat(cut(3, 1, 2)).hasSize(1).first().isInstanceOf(CutCollected.class);
        assertThat(trial.sent(Channel.DATASET_VERSIONS)).isEmpty();

        cut(3, 0, 2);

        DatasetVersion version = versions().get(0);
        assertThat(trial.sent(Channel.GATES_JOURNAL)).singleElement().satisfies(told -> {
            assertThat(told.destination()).isEqualTo(Destination.ALL_PARTITIONS);
            assertThat(((GatesEvent) Objects.requireNonNull(told.value())).getSealedVersion())
                    .isEqualTo(new SealedVersion("sft@1", version.getRoot(), version.getSealedAtMs()));
        });
        assertThat(version.getVersion()).isEqualTo(1);
        assertThat(version.getParent()).isNull();
        assertThat(version.getSequence()).isEqualTo(3);
        assertThat(version.getRows()).isEqualTo(1 + 2);
        assertThat(version.getHoldoutRows()).isEqualTo(2);
        assertThat(version.getCuts()).extracting(PartitionCut::getPartition).containsExactly(0, 1);
        assertThat(version.getClasses())
                .containsExactly(
                        new ClassCount("A", 3L, 0L), new ClassCount("p0", 0L, 1L), new ClassCount("p1", 0L, 1L));
        assertThat(version.getPolicyVersions()).containsExactly(1, 2);
        assertThat(version.getRubricVersions()).containsExactly("r0", "r1");
        assertThat(version.getSealedAtMs()).isEqualTo(101);
        assertThat(version.getRoot())
                .isEqualTo(DatasetTree.root(List.of(DatasetTree.cut(0, 4, EMPTY), DatasetTree.cut(1, 4, EMPTY))));
    }

    @Test
    void twoSealsAtOnceAreTwoVersionsInTheirOrder() {
        cut(3, 0, 2);
        cut(9, 0, 2);
        cut(3, 1, 2);
        cut(9, 1, 2);

        assertThat(versions()).extracting(DatasetVersion::getSequence).containsExactly(3L, 9L);
        assertThat(versions()).extracting(DatasetVersion::getVersion).containsExactly(1, 2);
        assertThat(versions().get(1).getParent()).isEqualTo(1);
    }

    @Test
    void aRepeatedCutCountsOnceAndAnOlderSealIsRefused() {
        cut(3, 0, 2);
        assertThat(cut(3, 0, 2)).first().isInstanceOf(DuplicateIgnored.class);
        assertThat(versions()).isEmpty();
        cut(3, 1, 2);
        cut(2, 0, 2);

        assertThat(trial.facts(EventRefused.class))
                .extracting(EventRefused::getReason)
                .containsExactly("seal 2 of sft (expected: above 3, that of version 1)");
    }

    @Test
    void aSealThatMissesAPartitionIsSaidToBeOverdueAndIsNeverAVersion() {
        trial.tickAfter(1_000);
        cut(3, 1, 3);
        trial.tickAfter(59_999);
        assertThat(trial.facts(SealOverdue.class)).isEmpty();
        trial.tickAfter(1);
        trial.tickAfter(100_000);

        assertThat(trial.facts(SealOverdue.class))
                .containsExactly(new SealOverdue(Dataset.SFT, 3L, "e-3", List.of(0, 2)));
        assertThat(trial.facts(VersionSealed.class)).isEmpty();
        cut(3, 0, 3);
        cut(3, 2, 3);
        assertThat(versions()).hasSize(1);
    }

    private List<SpecificRecord> cut(long sequence, int partition, int partitions) {
        return trial.send(
                "sft",
                new DatasetCut(
                        "e-" + sequence,
                        Dataset.SFT,
                        sequence,
                        partitions,
                        new PartitionCut(partition, 4L, EMPTY, partition + 1L, 1L),
                        List.of(new ClassCount("A", partition + 1L, 0L), new ClassCount("p" + partition, 0L, 1L)),
                        List.of(1, 2),
                        List.of("r" + partition),
                        100L + partition));
    }

    private List<DatasetVersion> versions() {
        return trial.sent(Channel.DATASET_VERSIONS).stream()
                .map(each -> (DatasetVersion) Objects.requireNonNull(each.value()))
                .toList();
    }
}
