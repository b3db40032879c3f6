package dev.heed.runner.evaluate;

import dev.heed.event.RaterStatus;
import dev.heed.fact.StandingChanged;
import dev.heed.policy.RaterTrust;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Simulated raters under the test on gold. Whoever is suspended comes back at once, into a new episode, so that error
 * over a whole life is counted.
 *
 * @param required accuracy asked for; a good rater has exactly this one, the hardest case that must not be suspended
 * @param poor accuracy of those who are to be caught
 */
record RaterStudy(int raters, int golds, double required, double poor, long seed) {
    private static final long SUSPENSION_MS = 1_000;
    /** Raters put through one state; nothing in it tells one of the others. */
    private static final int TOGETHER = 20;

    /**
     * What came of one level.
     *
     * @param suspended share of good raters who were ever suspended
     * @param caughtMedian golds until half of the poor raters were suspended; one more than were asked when they were not
     * @param caught share of poor raters who were ever suspended
     */
    record Figures(double alpha, double suspended, int caughtMedian, double caught) {}

    Figures at(double alpha) {
        int[] good = firstSuspensions(alpha, required, seed);
        int[] bad = firstSuspensions(alpha, poor, seed + 1);
        Arrays.sort(bad);
        return new Figures(alpha, share(good), bad[(bad.length - 1) / 2], share(bad));
    }

    private double share(int[] firsts) {
        return Arrays.stream(firsts).filter(first -> first <= golds).count() / (double) firsts.length;
    }

    /** For each rater after how many golds they were first suspended; one more than the golds if never. */
    private int[] firstSuspensions(double alpha, double accuracy, long streamSeed) {
        int[] firsts = new int[raters];
        IntStream.range(0, (raters + TOGETHER - 1) / TOGETHER).parallel().forEach(group -> {
            CalibrationRun run = new CalibrationRun(rule(alpha), 0);
            for (int rater = group * TOGETHER; rater < Math.min(raters, (group + 1) * TOGETHER); rater++) {
                firsts[rater] = firstSuspension(run, rater, accuracy, streamSeed);
            }
        });
        return firsts;
    }

    private int firstSuspension(CalibrationRun run, int rater, double accuracy, long streamSeed) {
        SplittableRandom random = new SplittableRandom(streamSeed * 1_000_003 + rater);
        int first = golds + 1;
        for (int gold = 1; gold <= golds; gold++) {
            boolean right = random.nextDouble() < accuracy;
            if (isSuspended(run.gold("gold-" + rater + "-" + gold, "rater-" + rater, right))) {
                first = Math.min(first, gold);
                run.tickAfter(SUSPENSION_MS);
            }
        }
        return first;
    }

    private static boolean isSuspended(List<SpecificRecord> facts) {
        return facts.stream()
                .anyMatch(fact -> fact instanceof StandingChanged changed
                        && changed.getStanding().getStatus() == RaterStatus.SUSPENDED);
    }

    private RaterTrust rule(double alpha) {
        return RaterTrust.newBuilder()
                .setRequiredAccuracyMicros(Math.round(required * 1e6))
                .setAlphaMicros(Math.round(alpha * 1e6))
                .setSuspensionMs(SUSPENSION_MS)
                .build();
    }
}
