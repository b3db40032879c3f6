package dev.heed.calibration.drift;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Standings;
import dev.heed.core.Rubrics;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Belief;
import dev.heed.math.Micros;
import dev.heed.policy.Question;
import dev.heed.state.ItemLabels;
import dev.heed.state.OutcomeSeen;
import dev.heed.state.QuestionTally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes that labels bring. It must be read before they change what the item holds: an item's belief before a label
 * came is what the others agree on, without the label itself.
 *
 * <p>A rater has one outcome per item, the first. A revision, a repeat and corrected gold bring no second one: a bet that
 * was made is not made again.
 */
final class Outcomes {
    /** Fewest labels of other people on an item that can agree on something. */
    private static final int LEAST_OTHERS = 2;

    private final Step step;
    private final Question question;
    private final long minConsensusMicros;

    /** @param minConsensusMicros belief from which others count as agreed, in micros; 0 for never */
    Outcomes(Step step, Question question, long minConsensusMicros) {
        this.step = step;
        this.question = question;
        this.minConsensusMicros = minConsensusMicros;
    }

    List<Outcome> of(LabelsSubmitted submitted) {
        List<Outcome> outcomes = new ArrayList<>();
        ItemLabels item = item(submitted.getInteractionId());
        if (item == null || !isAcceptable(submitted)) {
            return outcomes;
        }
        String gold = known(item);
        String answer = gold == null ? agreed(item) : gold;
        for (SubmittedLabel label : submitted.getLabels()) {
            if (answer == null || (gold != null && Standings.goldRight(gold, label) == null)) {
                continue;
            }
            if (!Rubrics.comparable(question, label.getRubricVersion())) {
                continue; // It will be set aside.
            }
            boolean spokeBefore =
                    item.getHeld().stream().anyMatch(held -> held.getRaterId().equals(label.getRaterId()));
            if (!spokeBefore && !item.getRetiredLabelIds().contains(label.getLabelId())) {
                add(outcomes, submitted.getInteractionId(), label, gold != null, answer);
            }
        }
        return outcomes;
    }

    private void add(List<Outcome> outcomes, String interactionId, SubmittedLabel label, boolean known, String answer) {
        String raterId = label.getRaterId();
        RaterProfile profile = step.state().get(CalibrationKeys.rater(raterId), RaterProfile.class);
        RaterKind kind = profile == null ? label.getRaterKind() : profile.getKind();
        boolean watched = (kind == RaterKind.HUMAN || kind == RaterKind.AI_JUDGE)
                && !Standings.isSuspended(step.state(), question.getQuestionId(), kind, raterId);
        String seen = DriftKeys.seen(question.getQuestionId(), interactionId, raterId);
        if (watched && step.state().get(seen, OutcomeSeen.class) == null) {
            outcomes.add(new Outcome(
                    question.getQuestionId(),
                    interactionId,
                    raterId,
                    kind,
                    label.getLabelId(),
                    known,
                    label.getClassName().equals(answer)));
        }
    }

    /** What the labels held agree on, or null. */
    private @Nullable String agreed(ItemLabels item) {
        long people = item.getHeld().stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .count();
        if (minConsensusMicros == 0 || people < LEAST_OTHERS) {
            return null;
        }
        int likeliest = Belief.argmax(
                item.getBeliefMicros().stream().mapToLong(Long::longValue).toArray());
        return item.getBeliefMicros().get(likeliest) >= minConsensusMicros
                ? question.getClasses().get(likeliest)
                : null;
    }

    /** The known answer, unless it is about to be set aside, as the rubric it is known under was superseded. */
    private @Nullable String known(ItemLabels item) {
        return Rubrics.comparable(question, item.getGoldRubricVersion()) ? item.getGoldClass() : null;
    }

    /** Labels that are refused are no outcomes. */
    private boolean isAcceptable(LabelsSubmitted submitted) {
        long propensity = submitted.getPropensityMicros();
        return propensity > 0
                && propensity <= Micros.ONE
                && submitted.getLabels().stream().allMatch(label -> isClass(label.getClassName()));
    }

    private boolean isClass(String className) {
        return question.getClasses().contains(className);
    }

    /** The item, unless what its labels agree on was said under a rubric that was superseded since. */
    private @Nullable ItemLabels item(String interactionId) {
        String questionId = question.getQuestionId();
        ItemLabels item = step.state().get(CalibrationKeys.item(questionId, interactionId), ItemLabels.class);
        QuestionTally tally = step.state().get(CalibrationKeys.question(questionId), QuestionTally.class);
        boolean counted = item != null && tally != null && item.getRubricEpoch() == tally.getRubricEpoch();
        return counted || (item != null && known(item) != null) ? item : null;
    }
}
