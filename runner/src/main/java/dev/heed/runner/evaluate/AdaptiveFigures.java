package dev.heed.runner.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a study is answered with a part of its labels, asked for where they are worth most.
 *
 * @param set name of the study
 * @param asked labels asked for
 * @param accuracy share of the items with gold answered right; null when there are none
 * @param majorityAccuracy share that a majority of all labels gets right
 * @param lastWorth what the last label was expected to be worth, in mistakes: the price of a label
 * @param curves accuracy against labels, for each way of asking; empty unless wanted
 */
record AdaptiveFigures(
        String set,
        long seed,
        int items,
        int labels,
        int asked,
        @Nullable Double accuracy,
        @Nullable Double majorityAccuracy,
        double lastWorth,
        List<Curve> curves) {

    /**
     * @param share the part of the labels that may be spent, 0 to 1
     */
    static AdaptiveFigures of(String set, long seed, LabelStudy study, double share, boolean withCurves) {
        AskingAdaptively asking = new AskingAdaptively(study, Worths::value);
        Curve.spend(asking, (int) Math.floor(share * study.labels().size()));
        return new AdaptiveFigures(
                set,
                seed,
                study.items().size(),
                study.labels().size(),
                asking.asked(),
                study.accuracy(asking.answers()),
                study.accuracy(study.majority()),
                asking.lastWorthMicros() / 1e6,
                withCurves ? curves(study) : List.of());
    }

    private static List<Curve> curves(LabelStudy study) {
        return List.of(
                Curve.of("value of a label", study, new AskingAdaptively(study, Worths::value)),
                Curve.of("confidence threshold", study, new AskingAdaptively(study, Worths::doubt)),
                Curve.of("fixed overlap, majority", study, new AskingEvenly(study)));
    }

    double share() {
        return (double) asked / labels;
    }

    double labelsPerItem() {
        return (double) asked / items;
    }
}
