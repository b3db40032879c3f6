package dev.heed.versions.cuts;

import dev.heed.event.DatasetNames;
import dev.heed.fact.DatasetCut;
import dev.heed.math.DatasetTree;
import dev.heed.out.ClassCount;
import dev.heed.out.DatasetVersion;
import dev.heed.out.PartitionCut;
import dev.heed.state.LatestVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts the cuts of all partitions together. */
final class Versions {
    private Versions() {}

    /** @param cuts one for each partition, in their order */
    static DatasetVersion of(List<DatasetCut> cuts, @Nullable LatestVersion latest) {
        DatasetCut first = cuts.get(0);
        List<PartitionCut> places = cuts.stream().map(DatasetCut::getCut).toList();
        TreeSet<Integer> policies = new TreeSet<>();
        TreeSet<String> rubrics = new TreeSet<>();
        for (DatasetCut cut : cuts) {
            policies.addAll(cut.getPolicyVersions());
            rubrics.addAll(cut.getRubricVersions());
        }
        return new DatasetVersion(
                DatasetNames.of(first.getDataset()),
                latest == null ? 1 : latest.getVersion() + 1,
                DatasetTree.root(places.stream()
                        .map(cut -> DatasetTree.cut(cut.getPartition(), cut.getDeltas(), cut.getRoot()))
                        .toList()),
                places.stream().mapToLong(PartitionCut::getRows).sum(),
                cuts.stream().mapToLong(DatasetCut::getCutAtMs).max().orElseThrow(),
                first.getSequence(),
                first.getEventId(),
                latest == null ? null : latest.getVersion(),
                places.stream().mapToLong(PartitionCut::getHoldoutRows).sum(),
                places,
                classes(cuts),
                new ArrayList<>(policies),
                new ArrayList<>(rubrics));
    }

    private static List<ClassCount> classes(List<DatasetCut> cuts) {
        Map<String, ClassCount> sums = new TreeMap<>();
        for (DatasetCut cut : cuts) {
            for (ClassCount count : cut.getClasses()) {
                sums.merge(
                        count.getClassName(),
                        count,
                        (a, b) -> new ClassCount(
                                a.getClassName(), a.getRows() + b.getRows(), a.getHoldoutRows() + b.getHoldoutRows()));
            }
        }
        return new ArrayList<>(sums.values());
    }
}
