package dev.heed.runner.pairs;

import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.event.Split;
import dev.heed.export.ExportPlan;
import dev.heed.export.Format;
import dev.heed.export.Shape;
import dev.heed.out.DatasetVersion;
import dev.heed.runner.dataset.Exports;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a set of pairs, puts it through the loop and exports what comes out in every shape of every format. */
final class PairsStudy {
    private static final List<Dataset> DATASETS = List.of(Dataset.PREFERENCE, Dataset.SFT);

    private final List<Pair> pairs = new ArrayList<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private int lines;

    static PairsStudy read(BufferedReader reader) throws IOException {
        PairsStudy study = new PairsStudy();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (!line.isBlank()) {
                study.add(PairLine.read(line));
            }
        }
        return study;
    }

    private void add(PairLine.Read read) {
        lines++;
        if (read instanceof PairLine.Good good) {
            pairs.add(good.pair());
        } else if (read instanceof PairLine.Bad bad) {
            leftOut.merge(bad.reason(), 1, Integer::sum);
        }
    }

    List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    /** @param directory where the exports are written, one directory each */
    PairsFigures through(PairsRun run, PairEvents events, Path directory) throws IOException {
        run.run(pairs, events, DATASETS.stream().map(DatasetNames::of).toList());
        List<DatasetVersion> versions = new ArrayList<>();
        run.versions(versions::add);
        List<PairsFigures.Written> written = new ArrayList<>();
        int contaminated = 0;
        long rows = 0;
        long heldOut = 0;
        for (DatasetVersion version : versions) {
            Dataset dataset = DatasetNames.find(version.getDataset()).orElseThrow();
            for (Format format : Format.values()) {
                for (Shape shape : format.shapes(dataset)) {
                    Path to = directory.resolve(version.getDataset() + "-" + format.title() + "-" + shape.name());
                    ExportPlan plan = new ExportPlan(version, format, shape, Split.TRAIN, ExportPlan.ROWS_PER_FILE);
                    Exports done = Exports.write(run, to, plan);
                    contaminated = done.contaminated().clusters();
                    written.add(new PairsFigures.Written(
                            version.getDataset(),
                            format.title(),
                            shape.name(),
                            done.report().written(),
                            done.report().unfitRows()));
                }
            }
            if (dataset == Dataset.PREFERENCE) {
                rows = version.getRows() + version.getHoldoutRows();
                heldOut = version.getHoldoutRows();
            }
        }
        return new PairsFigures(lines, leftOut, repeated(), rows, heldOut, contaminated, written);
    }

    private int repeated() {
        Set<Object> seen = new HashSet<>();
        return (int) pairs.stream().filter(pair -> !seen.add(pair.prompt())).count();
    }
}
