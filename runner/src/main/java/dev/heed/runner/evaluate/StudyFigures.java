package dev.heed.runner.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How well the loop did on a study.
 *
 * @param goldItems items whose true label is known
 * @param accuracy share of them that the judgments get right; null when none is known
 * @param majorityAccuracy share that a majority of the same labels gets right
 * @param alpha Krippendorff's nominal alpha; null when it is not defined
 * @param seconds from the first label sent to the last one judged
 */
record StudyFigures(
        int items,
        int raters,
        int classes,
        int labels,
        int goldItems,
        @Nullable Double accuracy,
        @Nullable Double majorityAccuracy,
        @Nullable Double alpha,
        double seconds) {

    static StudyFigures of(LabelStudy study, StudyOutcome outcome, double seconds) {
        return new StudyFigures(
                study.items().size(),
                study.raters().size(),
                study.classes().size(),
                study.labels().size(),
                study.gold().size(),
                study.accuracy(outcome.answers()),
                study.accuracy(study.majority()),
                outcome.alpha(),
                seconds);
    }

    /** The study in the calibration stage alone; its likeliest labels stand for judgments. */
    static StudyFigures ofStage(LabelStudy study) {
        long started = System.nanoTime();
        StudyBeliefs beliefs = new StudyBeliefs(study);
        for (int label = 0; label < study.labels().size(); label++) {
            beliefs.submit(label);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new StudyFigures(
                study.items().size(),
                study.raters().size(),
                study.classes().size(),
                study.labels().size(),
                study.gold().size(),
                study.accuracy(beliefs.answers()),
                study.accuracy(study.majority()),
                beliefs.alpha(),
                seconds);
    }

    double labelsPerSecond() {
        return labels / Math.max(seconds, 1e-9);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("items", items).put("raters", raters).put("classes", classes).put("labels", labels);
        json.put("gold_items", goldItems);
        json.put("judgment_accuracy", accuracy);
        json.put("majority_accuracy", majorityAccuracy);
        json.put("krippendorff_alpha", alpha);
        json.put("seconds", seconds).put("labels_per_second", labelsPerSecond());
        return json;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                """
                items               %d
                raters              %d
                classes             %d
                labels              %d
                judgments right     %s
                majority right      %s
                krippendorff alpha  %s
                seconds             %.2f
                labels per second   %.0f""",
                items,
                raters,
                classes,
                labels,
                share(accuracy),
                share(majorityAccuracy),
                alpha == null ? "not defined" : String.format(Locale.ROOT, "%.6f", alpha),
                seconds,
                labelsPerSecond());
    }

    private String share(@Nullable Double accuracy) {
        return accuracy == null
                ? "unknown, as the file has no gold"
                : String.format(Locale.ROOT, "%.6f of %d items with gold", accuracy, goldItems);
    }
}
