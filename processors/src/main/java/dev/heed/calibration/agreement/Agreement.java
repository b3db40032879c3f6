package dev.heed.calibration.agreement;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Keys;
import dev.heed.core.StateReader;
import dev.heed.fact.AgreementReported;
import dev.heed.math.Krippendorff;
import dev.heed.math.Micros;
import dev.heed.state.QuestionTally;
import dev.heed.state.UnitPairs;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Agreement of the human labels of a question.
 *
 * @param alpha Krippendorff's nominal alpha; empty while there is no pair or only one class was said
 * @param units items with at least two human labels
 * @param labels labels on those items
 */
public record Agreement(String questionId, OptionalDouble alpha, long units, long labels) {

    /** Agreement as the state has it now; of a question not met yet, that of no labels. */
    public static Agreement read(StateReader state, String questionId) {
        QuestionTally question = state.get(CalibrationKeys.question(questionId), QuestionTally.class);
        int classes = question == null ? 1 : question.getClasses().size();
        long[] counts = Krippendorff.NONE;
        long units = 0;
        long labels = 0;
        for (StateReader.Entry<UnitPairs> entry :
                state.withPrefix(AgreementKeys.pairs(questionId), UnitPairs.class, Krippendorff.MAX_UNIT)) {
            int size = Integer.parseInt(Keys.lastPart(entry.key()), 16);
            units += entry.value().getUnits();
            labels += size * entry.value().getUnits();
            counts = withBlock(counts, size, entry.value(), classes * classes);
        }
        return new Agreement(questionId, Krippendorff.nominal(counts, classes), units, labels);
    }

    /** Entries come the smallest size first; sizes that no item has are left 0. */
    private static long[] withBlock(long[] counts, int size, UnitPairs pairs, int block) {
        long[] grown = Arrays.copyOf(counts, (size - 1) * block);
        for (int i = 0; i < block; i++) {
            grown[(size - 2) * block + i] = pairs.getPairs().get(i);
        }
        return grown;
    }

    AgreementReported report() {
        Long micros = alpha.isPresent() ? Micros.of(alpha.getAsDouble()) : null;
        return new AgreementReported(questionId, micros, units, labels);
    }
}
