package dev.heed.calibration.agreement;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Keys;
import dev.heed.core.StateReader;
import dev.heed.math.IntervalAgreement;
import dev.heed.math.Krippendorff;
import dev.heed.state.QuestionTally;
import dev.heed.state.UnitPairs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Agreement of the human labels of a question.
 *
 * @param alpha Krippendorff's alpha under the metric; empty while there is no pair or only one answer was said
 * @param ofClasses alpha of each class against the rest, in the order of the classes
 * @param units items with at least two human labels
 * @param labels labels on those items
 */
public record Agreement(
        String questionId,
        Metric metric,
        OptionalDouble alpha,
        List<OptionalDouble> ofClasses,
        long units,
        long labels) {

    /** Over all items; nominal, unless the question is answered by numbers. */
    public static Agreement read(StateReader state, String questionId) {
        return read(state, questionId, false);
    }

    /** Over all items. Of a question not met yet it is that of no labels. */
    public static Agreement read(StateReader state, String questionId, boolean ordinal) {
        return of(state, questionId, ordinal, AgreementKeys.pairs(questionId));
    }

    /** Over the items that came to be labelled by chance and not for their value. */
    public static Agreement explored(StateReader state, String questionId, boolean ordinal) {
        return of(state, questionId, ordinal, AgreementKeys.explored(questionId));
    }

    private static Agreement of(StateReader state, String questionId, boolean ordinal, String prefix) {
        QuestionTally question = state.get(CalibrationKeys.question(questionId), QuestionTally.class);
        int classes = question == null ? 1 : question.getClasses().size();
        boolean numbers = question != null && question.getRating() != null;
        long[] counts = Krippendorff.NONE;
        long units = 0;
        long labels = 0;
        List<IntervalAgreement.Sums> sums = new ArrayList<>();
        for (StateReader.Entry<UnitPairs> entry : state.withPrefix(prefix, UnitPairs.class, Krippendorff.MAX_UNIT)) {
            int size = Integer.parseInt(Keys.lastPart(entry.key()), 16);
            UnitPairs pairs = entry.value();
            if (question == null || pairs.getRubricEpoch() != question.getRubricEpoch()) {
                continue; // Counted under a rubric that was superseded.
            }
            units += pairs.getUnits();
            labels += size * pairs.getUnits();
            counts = withBlock(counts, size, pairs, classes * classes);
            sums.add(new IntervalAgreement.Sums(
                    size,
                    pairs.getUnits(),
                    pairs.getRatingSum(),
                    pairs.getRatingSquares(),
                    pairs.getRatingSquaredSums()));
        }
        long[] all = counts;
        Metric metric = numbers ? Metric.INTERVAL : ordinal ? Metric.ORDINAL : Metric.NOMINAL;
        OptionalDouble alpha =
                switch (metric) {
                    case NOMINAL -> Krippendorff.nominal(all, classes);
                    case ORDINAL -> Krippendorff.ordinal(all, classes);
                    case INTERVAL -> IntervalAgreement.alpha(sums);
                };
        List<OptionalDouble> ofClasses = IntStream.range(0, classes)
                .mapToObj(which -> Krippendorff.ofClass(all, classes, which))
                .toList();
        return new Agreement(questionId, metric, alpha, ofClasses, units, labels);
    }

    /** Entries come the smallest size first; sizes that no item has are left 0. */
    private static long[] withBlock(long[] counts, int size, UnitPairs pairs, int block) {
        long[] grown = Arrays.copyOf(counts, (size - 1) * block);
        for (int i = 0; i < block; i++) {
            grown[(size - 2) * block + i] = pairs.getPairs().get(i);
        }
        return grown;
    }
}
