package dev.heed.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.Policies;
import dev.heed.SharedFiles;
import dev.heed.event.FeedbackKind;
import dev.heed.fact.ReconcileFinished;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.math.Belief;
import dev.heed.math.LabelSet;
import dev.heed.math.Micros;
import dev.heed.policy.Question;
import dev.heed.policy.RatingScale;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real label sets through the stage, against figures of an independent implementation. */
@Tag("slow")
class CalibrationDataTest {
    @Test
    void beliefsAndAgreementMatchTheReference() {
        Map<String, Double> alphas = new HashMap<>();
        for (SharedFiles.Row row : SharedFiles.csv("reference/agreement.csv")) {
            alphas.put(row.get("set"), Double.parseDouble(row.get("krippendorff_alpha")));
        }
        for (SharedFiles.Row row : SharedFiles.csv("reference/online_calibration.csv")) {
            LabelSet set = LabelSet.read(row.get("set"));
            for (int seed = 1; seed <= 3; seed++) {
                CalibrationTrial trial = run(CalibrationTrial.plain(set.classes()), set, seed);
                assertThat(accuracy(set, trial))
                        .as("%s, order %d", row.get("set"), seed)
                        .isCloseTo(Double.parseDouble(row.get("online_seed" + seed)), within(0.003));
                assertThat(trial.agreement().alpha().orElseThrow())
                        .as(row.get("set"))
                        .isCloseTo(alphas.get(row.get("set")), within(1e-6));
            }
        }
    }

    /** Two of the sets, to keep the build fast: one that is soon at rest, and one that takes long. */
    @Test
    void reconcilingMatchesTheReference() {
        for (SharedFiles.Row row : SharedFiles.csv("reference/online_calibration.csv")) {
            if (List.of("bluebird", "snow_temp").contains(row.get("set"))) {
                LabelSet set = LabelSet.read(row.get("set"));
                double sum = 0;
                for (int seed = 1; seed <= 3; seed++) {
                    CalibrationTrial trial = run(CalibrationTrial.plain(set.classes()), set, seed);
                    assertThat(reconciled(trial).getConverged()).isTrue();
                    new CountsAreSums().check(trial.stage());
                    sum += accuracy(set, trial);
                }
                assertThat(sum / 3)
                        .as(row.get("set"))
                        .isCloseTo(Double.parseDouble(row.get("reconciled_mean")), within(0.003));
            }
        }
    }

    private static ReconcileFinished reconciled(CalibrationTrial trial) {
        trial.reconcile("reconcile");
        while (true) {
            for (SpecificRecord fact : trial.stage().tickAfter(1_000)) {
                if (fact instanceof ReconcileFinished finished) {
                    return finished;
                }
            }
        }
    }

    /** One order of each set; {@code heed evaluate labels} prints several, and their means. */
    @Test
    void tiltedRatersDoBetterThanTheBatchEstimate() {
        Map<String, Double> plain = new HashMap<>();
        SharedFiles.csv("reference/online_calibration.csv")
                .forEach(row -> plain.put(row.get("set"), Double.parseDouble(row.get("online_mean"))));
        double gain = 0;
        for (SharedFiles.Row row : SharedFiles.csv("reference/aggregation.csv")) {
            LabelSet set = LabelSet.read(row.get("set"));
            double accuracy = accuracy(set, run(new CalibrationTrial(set.classes()), set, 1));
            assertThat(accuracy)
                    .as(row.get("set"))
                    .isGreaterThanOrEqualTo(plain.getOrDefault(row.get("set"), 1.0) - 0.005);
            gain += accuracy - Double.parseDouble(row.get("dawid_skene_converged"));
        }
        assertThat(gain / plain.size()).isGreaterThanOrEqualTo(0.003);
    }

    @Test
    void aRealSetIsDecidedTheSameAgain() {
        LabelSet set = LabelSet.read("bluebird");
        run(new CalibrationTrial(set.classes()), set, 1).check();
    }

    @Test
    void agreementOnNumbersMatchesTheReference() {
        for (SharedFiles.Row row : SharedFiles.csv("reference/agreement.csv")) {
            if (row.get("metric").equals("interval")) {
                assertThat(numbers(LabelSet.read(row.get("set")))
                                .agreement()
                                .alpha()
                                .orElseThrow())
                        .as(row.get("set"))
                        .isCloseTo(Double.parseDouble(row.get("krippendorff_alpha")), within(1e-6));
            }
        }
    }

    /** Ratings in whole numbers, in two classes. */
    private static CalibrationTrial numbers(LabelSet set) {
        LongSummaryStatistics range =
                set.classes().stream().mapToLong(Long::parseLong).summaryStatistics();
        long lowest = range.getMin() * Micros.ONE;
        long highest = range.getMax() * Micros.ONE;
        CalibrationTrial trial = new CalibrationTrial(
                Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, List.of("low", "high")))
                        .setKind(FeedbackKind.RATING)
                        .setRating(new RatingScale(lowest, highest, Micros.ONE))
                        .build());
        int arrived = 0;
        for (LabelSet.Label label : set.arrivals(1)) {
            long given = Long.parseLong(label.label()) * Micros.ONE;
            String said = 2 * given < lowest + highest ? "low" : "high";
            trial.submit(label.item(), CalibrationTrial.rating("label-" + arrived++, label.worker(), said, given));
        }
        return trial;
    }

    private static CalibrationTrial run(CalibrationTrial trial, LabelSet set, int seed) {
        int arrived = 0;
        for (LabelSet.Label label : set.arrivals(seed)) {
            trial.submit(label.item(), CalibrationTrial.human("label-" + arrived++, label.worker(), label.label()));
        }
        return trial;
    }

    private static double accuracy(LabelSet set, CalibrationTrial trial) {
        double right = 0;
        for (Map.Entry<String, String> gold : set.gold().entrySet()) {
            long[] belief = Vectors.toArray(trial.item(gold.getKey()).getBeliefMicros());
            right += set.classes().get(Belief.argmax(belief)).equals(gold.getValue()) ? 1 : 0;
        }
        return right / set.gold().size();
    }
}
