package dev.heed.runner.evaluate;

import dev.heed.runner.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes the curves of studies: one table of all points, one picture per set, and one of the mean over sets. */
final class CurveFiles {
    private CurveFiles() {}

    /** @throws Failure if the directory cannot be written to */
    static void write(Path dir, List<AdaptiveFigures> runs) {
        try {
            Files.createDirectories(dir);
            Files.write(dir.resolve("curve.csv"), table(runs));
            Map<String, List<List<Curve>>> bySet = new TreeMap<>();
            runs.forEach(run ->
                    bySet.computeIfAbsent(run.set(), set -> new ArrayList<>()).add(run.curves()));
            List<List<Curve>> means = new ArrayList<>();
            for (Map.Entry<String, List<List<Curve>>> set : bySet.entrySet()) {
                List<Curve> mean = mean(set.getValue());
                means.add(mean);
                CurveImage.write(dir.resolve(set.getKey() + ".png"), set.getKey(), mean);
            }
            if (means.size() > 1) {
                CurveImage.write(dir.resolve("mean.png"), "mean of " + means.size() + " sets", mean(means));
            }
        } catch (IOException e) {
            throw new Failure(dir + ": the curve cannot be written: " + e.getMessage(), e);
        }
    }

    private static List<String> table(List<AdaptiveFigures> runs) {
        List<String> lines = new ArrayList<>();
        lines.add("set,seed,asking,share,labels_per_item,accuracy");
        for (AdaptiveFigures run : runs) {
            for (Curve curve : run.curves()) {
                for (Curve.Point point : curve.points()) {
                    lines.add(String.format(
                            Locale.ROOT,
                            "%s,%d,\"%s\",%.4f,%.4f,%s",
                            run.set(),
                            run.seed(),
                            curve.name(),
                            point.share(),
                            point.labelsPerItem(),
                            point.accuracy() == null ? "" : String.format(Locale.ROOT, "%.6f", point.accuracy())));
                }
            }
        }
        return lines;
    }

    /** The mean of runs step by step; a run that stopped early stays where it stopped. */
    private static List<Curve> mean(List<List<Curve>> runs) {
        List<Curve> means = new ArrayList<>();
        for (int i = 0; i < runs.get(0).size(); i++) {
            List<Curve.Point> points = new ArrayList<>();
            for (int step = 0; step < Curve.STEPS; step++) {
                points.add(mean(runs, i, step));
            }
            means.add(new Curve(runs.get(0).get(i).name(), points));
        }
        return means;
    }

    private static Curve.Point mean(List<List<Curve>> runs, int curve, int step) {
        double share = 0;
        double labelsPerItem = 0;
        double accuracy = 0;
        boolean known = true;
        for (List<Curve> run : runs) {
            List<Curve.Point> points = run.get(curve).points();
            Curve.Point point = points.get(Math.min(step, points.size() - 1));
            share += point.share() / runs.size();
            labelsPerItem += point.labelsPerItem() / runs.size();
            known &= point.accuracy() != null;
            accuracy += point.accuracy() == null ? 0 : point.accuracy() / runs.size();
        }
        return new Curve.Point(share, labelsPerItem, known ? accuracy : null);
    }
}
