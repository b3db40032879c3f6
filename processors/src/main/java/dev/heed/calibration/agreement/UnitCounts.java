package dev.heed.calibration.agreement;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Vectors;
import dev.heed.core.State;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.journal.SubmittedLabel;
import dev.heed.state.ItemLabels;
import dev.heed.state.QuestionTally;
import dev.heed.state.UnitPairs;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Moves an item from one place of the pair counts to another. Counts are kept by the number of labels of an item and
 * divided on reading only: adding and subtracting fractions would not return to where it began.
 */
final class UnitCounts {
    private UnitCounts() {}

    /** Takes the item back as it was and adds it as it will be; false when no pair comes or goes. */
    static boolean move(State state, BeliefMove move) {
        String questionId = move.getQuestionId();
        List<String> classes = Objects.requireNonNull(
                        state.get(CalibrationKeys.question(questionId), QuestionTally.class))
                .getClasses();
        ItemLabels item = state.get(CalibrationKeys.item(questionId, move.getInteractionId()), ItemLabels.class);
        int[] before = unit(item == null ? List.of() : item.getHeld(), classes);
        int[] after = unit(move.getCounted(), classes);
        if (Arrays.equals(before, after) || (size(before) < 2 && size(after) < 2)) {
            return false;
        }
        add(state, questionId, before, -1);
        add(state, questionId, after, 1);
        return true;
    }

    /** For each class how many humans said it. */
    private static int[] unit(List<SubmittedLabel> labels, List<String> classes) {
        int[] unit = new int[classes.size()];
        for (SubmittedLabel label : labels) {
            if (label.getRaterKind() == RaterKind.HUMAN) {
                unit[classes.indexOf(label.getClassName())]++;
            }
        }
        return unit;
    }

    private static int size(int[] unit) {
        return Arrays.stream(unit).sum();
    }

    private static void add(State state, String questionId, int[] unit, int sign) {
        int size = size(unit);
        if (size < 2) {
            return;
        }
        String key = AgreementKeys.pairs(questionId, size);
        UnitPairs known = state.get(key, UnitPairs.class);
        long units = (known == null ? 0 : known.getUnits()) + sign;
        if (units == 0) {
            state.delete(key);
            return;
        }
        long[] pairs = pairs(unit, sign);
        long[] sum = known == null ? pairs : Vectors.plus(Vectors.toArray(known.getPairs()), pairs);
        state.put(key, new UnitPairs(Vectors.toList(sum), units));
    }

    private static long[] pairs(int[] unit, int sign) {
        int k = unit.length;
        long[] pairs = new long[k * k];
        for (int c = 0; c < k; c++) {
            for (int other = 0; other < k; other++) {
                pairs[c * k + other] = (long) sign * unit[c] * (c == other ? unit[other] - 1 : unit[other]);
            }
        }
        return pairs;
    }
}
