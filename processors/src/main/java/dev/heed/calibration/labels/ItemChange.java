package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.CalibrationPolicy;
import dev.heed.calibration.Counts;
import dev.heed.calibration.Matrices;
import dev.heed.calibration.PressureRules;
import dev.heed.calibration.StoredCounts;
import dev.heed.calibration.Vectors;
import dev.heed.core.Rubrics;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.QuestionOpened;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Belief;
import dev.heed.math.Micros;
import dev.heed.policy.Calibration;
import dev.heed.policy.Question;
import dev.heed.state.ItemLabels;
import dev.heed.state.QuestionTally;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of what an item holds, and the belief that follows.
 *
 * @param classes of the question
 * @param before what the item holds
 * @param held the labels it will hold, in order of arrival
 * @param weightMicros inverse-propensity weight it will have
 * @param goldClass its known class, or null
 * @param goldRubricVersion rubric that the known class is the answer under; empty without one
 * @param causedBy label id, {@link #GOLD} or {@link #RECONCILE}
 */
record ItemChange(
        String questionId,
        String interactionId,
        List<String> classes,
        ItemLabels before,
        List<SubmittedLabel> held,
        long weightMicros,
        @Nullable String goldClass,
        String goldRubricVersion,
        String causedBy) {

    /** Cause of a move by which an answer became known. */
    static final String GOLD = "gold";
    /** Cause of a move that no change of the item's own labels made. */
    static final String RECONCILE = "reconcile";
    /** Cause of a move by which labels or a known answer of a superseded rubric were set aside. */
    static final String RUBRIC = "rubric_superseded";

    void emit(Step step) {
        emit(step, List.of());
    }

    /** @param setAsideLabelIds labels that do not count, as of now, because their rater is suspended */
    void emit(Step step, List<String> setAsideLabelIds) {
        List<SubmittedLabel> comparable = new ArrayList<>();
        List<String> superseded = new ArrayList<>();
        Question question = PressureRules.question(step.policy(), questionId);
        boolean known = goldClass != null && Rubrics.comparable(question, goldRubricVersion);
        for (SubmittedLabel label : held) {
            // Labels that only tested their raters leave with the answer they were held against.
            if (Rubrics.comparable(question, label.getRubricVersion()) && (known || !label.getGold())) {
                comparable.add(label);
            } else {
                superseded.add(label.getLabelId());
            }
        }
        ItemChange change = holdingOnly(comparable, known);
        String supersededGold = goldClass == null || known ? null : goldRubricVersion;
        change.emit(step, change.beliefs(step), setAsideLabelIds, superseded, supersededGold);
    }

    /** The change without what may not be pooled with labels given under the rubric in force. */
    private ItemChange holdingOnly(List<SubmittedLabel> comparable, boolean known) {
        boolean losesGold = goldClass != null && !known;
        if (comparable.size() == held.size() && !losesGold) {
            return this;
        }
        boolean byItself = causedBy.equals(RECONCILE) || (losesGold && causedBy.equals(GOLD));
        return new ItemChange(
                questionId,
                interactionId,
                classes,
                before,
                comparable,
                weightMicros,
                known ? goldClass : null,
                known ? goldRubricVersion : "",
                byItself ? RUBRIC : causedBy);
    }

    /** As {@link #emit(Step)}, unless no class's share would move by so much, in micros. */
    void emitIfMovedBy(Step step, long leastMicros) {
        Beliefs after = beliefs(step);
        if (Math.max(moved(after.all()), movedByPeople(after)) >= leastMicros) {
            emit(step, after, List.of(), List.of(), null);
        }
    }

    /**
     * What an item is held to be.
     *
     * @param all by every label, or as is known
     * @param people by the labels of people alone; empty where that is the same
     */
    private record Beliefs(List<Long> all, List<Long> people) {}

    private void emit(
            Step step,
            Beliefs beliefs,
            List<String> setAsideLabelIds,
            List<String> superseded,
            @Nullable String supersededGold) {
        if (step.state().get(CalibrationKeys.question(questionId), QuestionTally.class) == null) {
            step.emit(new QuestionOpened(questionId, classes, Classes.scale(step, questionId)));
        }
        BeliefMove move = new BeliefMove(
                interactionId,
                questionId,
                beliefs.all(),
                weightMicros,
                before.getLabelSetVersion() + 1,
                held,
                goldClass,
                Stream.concat(setAsideLabelIds.stream(), superseded.stream()).toList(),
                moved(beliefs.all()),
                beliefs.people(),
                goldRubricVersion);
        step.emit(move);
        step.emit(updated(step, move, setAsideLabelIds, superseded, supersededGold));
    }

    private long moved(List<Long> belief) {
        return Vectors.distance(before.getBeliefMicros(), belief);
    }

    private long movedByPeople(Beliefs after) {
        List<Long> truth = after.people().isEmpty() ? after.all() : after.people();
        return Vectors.distance(HeldLabels.truth(before), truth);
    }

    /** The beliefs under matrices that the item itself has no part in, so that no label vouches for itself. */
    private Beliefs beliefs(Step step) {
        if (goldClass != null) {
            return new Beliefs(Vectors.toList(Belief.known(classes.size(), classes.indexOf(goldClass))), List.of());
        }
        Calibration calibration = CalibrationPolicy.of(step.policy(), questionId);
        Counts others = calibration.getPlain() ? withoutTakenAway(step) : withoutItem(step);
        Matrices matrices = Matrices.under(step.policy(), questionId, others);
        int people = HeldLabels.humans(held);
        boolean same = people == 0 || people == held.size();
        return new Beliefs(belief(held, matrices), same ? List.of() : belief(HeldLabels.ofPeople(held), matrices));
    }

    private List<Long> belief(List<SubmittedLabel> labels, Matrices matrices) {
        return Vectors.toList(Micros.simplex(Votes.posterior(labels, classes, matrices)));
    }

    private Counts withoutItem(Step step) {
        return new MovedCounts(
                counts(step), CountsMove.between(counted(step), HeldLabels.none(classes.size()), classes));
    }

    /** The plain formula leaves the item's earlier labels in, with its earlier belief; only what is taken away is out. */
    private Counts withoutTakenAway(Step step) {
        ItemLabels counted = counted(step);
        ItemLabels kept = HeldLabels.keepingOnly(counted, held);
        return kept.getHeld().size() == counted.getHeld().size()
                ? counts(step)
                : new MovedCounts(counts(step), CountsMove.between(counted, kept, classes));
    }

    private ItemLabels counted(Step step) {
        QuestionTally question = step.state().get(CalibrationKeys.question(questionId), QuestionTally.class);
        return HeldLabels.counted(before, question == null ? 0 : question.getRubricEpoch(), classes.size());
    }

    private BeliefUpdated updated(
            Step step,
            BeliefMove move,
            List<String> setAsideLabelIds,
            List<String> superseded,
            @Nullable String supersededGold) {
        Matrices matrices = Matrices.under(step.policy(), questionId, counts(step));
        return new BeliefUpdated(
                interactionId,
                questionId,
                classes,
                move.getBeliefMicros(),
                move.getLabelSetVersion(),
                HeldLabels.humans(held),
                goldClass != null,
                Matrices.micros(matrices.pooled(RaterKind.HUMAN)),
                causedBy,
                setAsideLabelIds,
                Strengths.of(step, questionId, held, matrices),
                superseded,
                supersededGold);
    }

    private StoredCounts counts(Step step) {
        return new StoredCounts(step.state(), questionId, classes.size());
    }
}
