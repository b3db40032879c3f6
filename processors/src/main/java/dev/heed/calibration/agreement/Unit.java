package dev.heed.calibration.agreement;

import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.RatingScale;
import dev.heed.state.QuestionTally;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people say of one item.
 *
 * @param classes for each class how many say it
 * @param size how many there are
 * @param sum of their ratings, in steps from the lowest of the scale; 0 where there is none
 * @param squares sum of the squares of their ratings
 */
record Unit(int[] classes, int size, long sum, long squares) {

    static Unit of(List<SubmittedLabel> labels, QuestionTally question) {
        int[] classes = new int[question.getClasses().size()];
        int size = 0;
        long sum = 0;
        long squares = 0;
        for (SubmittedLabel label : labels) {
            if (label.getRaterKind() == RaterKind.HUMAN) {
                classes[question.getClasses().indexOf(label.getClassName())]++;
                size++;
                long steps = steps(label, question.getRating());
                sum += steps;
                squares += steps * steps;
            }
        }
        return new Unit(classes, size, sum, squares);
    }

    private static long steps(SubmittedLabel label, @Nullable RatingScale scale) {
        return scale == null || label.getRatingMicros() == null
                ? 0
                : (label.getRatingMicros() - scale.getLowestMicros()) / scale.getStepMicros();
    }

    boolean isSameAs(Unit other) {
        return Arrays.equals(classes, other.classes) && sum == other.sum && squares == other.squares;
    }

    /** Ordered pairs of labels, row by row. */
    long[] pairs(int sign) {
        int k = classes.length;
        long[] pairs = new long[k * k];
        for (int c = 0; c < k; c++) {
            for (int other = 0; other < k; other++) {
                pairs[c * k + other] = (long) sign * classes[c] * (c == other ? classes[other] - 1 : classes[other]);
            }
        }
        return pairs;
    }
}
