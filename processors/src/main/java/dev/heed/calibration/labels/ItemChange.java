package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Counts;
import dev.heed.calibration.Matrices;
import dev.heed.calibration.StoredCounts;
import dev.heed.calibration.Vectors;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.QuestionOpened;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Belief;
import dev.heed.math.Micros;
import dev.heed.state.ItemLabels;
import dev.heed.state.QuestionTally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of what an item holds, and the belief that follows.
 *
 * @param classes of the question
 * @param before what the item holds
 * @param held the labels it will hold, in order of arrival
 * @param weightMicros inverse-propensity weight it will have
 * @param goldClass its known class, or null
 * @param causedBy label id, or {@code gold}
 */
record ItemChange(
        String questionId,
        String interactionId,
        List<String> classes,
        ItemLabels before,
        List<SubmittedLabel> held,
        long weightMicros,
        @Nullable String goldClass,
        String causedBy) {

    void emit(Step step) {
        emit(step, List.of());
    }

    /** @param setAsideLabelIds labels that do not count, as of now, because their rater is suspended */
    void emit(Step step, List<String> setAsideLabelIds) {
        if (step.state().get(CalibrationKeys.question(questionId), QuestionTally.class) == null) {
            step.emit(new QuestionOpened(questionId, classes, Classes.scale(step, questionId)));
        }
        BeliefMove move = new BeliefMove(
                interactionId,
                questionId,
                Vectors.toList(belief(step)),
                weightMicros,
                before.getLabelSetVersion() + 1,
                held,
                goldClass,
                setAsideLabelIds);
        step.emit(move);
        step.emit(updated(step, move, setAsideLabelIds));
    }

    /**
     * The belief under the matrices as they are before the new labels count, so that no label vouches for itself; what
     * is taken away no longer speaks for its rater.
     */
    private long[] belief(Step step) {
        if (goldClass != null) {
            return Belief.known(classes.size(), classes.indexOf(goldClass));
        }
        return Micros.simplex(Votes.posterior(held, classes, new Matrices(withoutTakenAway(counts(step)))));
    }

    private Counts withoutTakenAway(Counts counts) {
        ItemLabels kept = HeldLabels.keepingOnly(before, held);
        return kept.getHeld().size() == before.getHeld().size()
                ? counts
                : new MovedCounts(counts, CountsMove.between(before, kept, classes));
    }

    private BeliefUpdated updated(Step step, BeliefMove move, List<String> setAsideLabelIds) {
        double[][] nextRater = new Matrices(counts(step)).pooled(RaterKind.HUMAN);
        return new BeliefUpdated(
                interactionId,
                questionId,
                classes,
                move.getBeliefMicros(),
                move.getLabelSetVersion(),
                HeldLabels.humans(held),
                goldClass != null,
                Matrices.micros(nextRater),
                causedBy,
                setAsideLabelIds,
                Strengths.of(step, questionId, held, new Matrices(counts(step))));
    }

    private StoredCounts counts(Step step) {
        return new StoredCounts(step.state(), questionId, classes.size());
    }
}
