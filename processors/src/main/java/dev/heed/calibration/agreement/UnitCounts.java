package dev.heed.calibration.agreement;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Vectors;
import dev.heed.core.State;
import dev.heed.fact.BeliefMove;
import dev.heed.math.Micros;
import dev.heed.state.ItemLabels;
import dev.heed.state.QuestionTally;
import dev.heed.state.UnitPairs;
import java.util.List;
import java.util.Objects;

/**
 * Moves an item from one place of the pair counts to another. Counts are kept by the number of labels of an item and
 * divided on reading only: adding and subtracting fractions would not return to where it began. Items that came in by
 * exploration are counted once more on their own.
 */
final class UnitCounts {
    private UnitCounts() {}

    /** Takes the item back as it was and adds it as it will be; false when no pair comes or goes. */
    static boolean move(State state, BeliefMove move) {
        String questionId = move.getQuestionId();
        QuestionTally question =
                Objects.requireNonNull(state.get(CalibrationKeys.question(questionId), QuestionTally.class));
        ItemLabels stored = state.get(CalibrationKeys.item(questionId, move.getInteractionId()), ItemLabels.class);
        int epoch = question.getRubricEpoch();
        ItemLabels item = stored == null || stored.getRubricEpoch() != epoch ? null : stored;
        Unit before = Unit.of(item == null ? List.of() : item.getHeld(), question);
        Unit after = Unit.of(move.getCounted(), question);
        if (stored != null && item == null) {
            int size = Unit.of(stored.getHeld(), question).size();
            deleteIfEarlier(state, AgreementKeys.pairs(questionId, size), epoch);
            deleteIfEarlier(state, AgreementKeys.explored(questionId, size), epoch);
        }
        if (before.isSameAs(after) || (before.size() < 2 && after.size() < 2)) {
            return false;
        }
        add(state, AgreementKeys.pairs(questionId, before.size()), before, -1, epoch);
        add(state, AgreementKeys.pairs(questionId, after.size()), after, 1, epoch);
        if (item != null && isExplored(item.getWeightMicros())) {
            add(state, AgreementKeys.explored(questionId, before.size()), before, -1, epoch);
        }
        if (isExplored(move.getWeightMicros())) {
            add(state, AgreementKeys.explored(questionId, after.size()), after, 1, epoch);
        }
        return true;
    }

    /** Whether the item was drawn with a probability below 1. */
    private static boolean isExplored(long weightMicros) {
        return weightMicros > Micros.ONE;
    }

    /** Pairs counted before the question last began anew are those of items that have not come back. */
    private static void deleteIfEarlier(State state, String key, int epoch) {
        UnitPairs pairs = state.get(key, UnitPairs.class);
        if (pairs != null && pairs.getRubricEpoch() != epoch) {
            state.delete(key);
        }
    }

    private static void add(State state, String key, Unit unit, int sign, int epoch) {
        if (unit.size() < 2) {
            return;
        }
        UnitPairs stored = state.get(key, UnitPairs.class);
        UnitPairs known = stored == null || stored.getRubricEpoch() != epoch ? null : stored;
        long units = (known == null ? 0 : known.getUnits()) + sign;
        if (units == 0) {
            state.delete(key);
            return;
        }
        long[] pairs = unit.pairs(sign);
        long[] sum = known == null ? pairs : Vectors.plus(Vectors.toArray(known.getPairs()), pairs);
        state.put(
                key,
                new UnitPairs(
                        Vectors.toList(sum),
                        units,
                        (known == null ? 0 : known.getRatingSum()) + sign * unit.sum(),
                        (known == null ? 0 : known.getRatingSquares()) + sign * unit.squares(),
                        (known == null ? 0 : known.getRatingSquaredSums()) + sign * unit.sum() * unit.sum(),
                        epoch));
    }
}
