package dev.heed.items.judgment;

import dev.heed.core.Records;
import dev.heed.core.Rubrics;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.Judged;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Scores;
import dev.heed.items.Slots;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Judgment;
import dev.heed.policy.Question;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.Objects;

/** What a belief would be judged as. */
record Verdict(Question question, BeliefRecorded recorded) {
    static final String GOLD = "gold";
    static final String SUPERSEDED = "rubric_superseded";
    // What calibration names as the cause when the labels of the item itself did not change.
    private static final String RECONCILE = "reconcile";

    /** The last belief of calibration, as it stands, where something else than a new one makes an item look at it. */
    static BeliefRecorded standing(String interactionId, ItemQuestion held, String cause) {
        return new BeliefRecorded(
                interactionId,
                held.getQuestionId(),
                held.getBeliefMicros(),
                held.getLabelSetVersion(),
                held.getHumanLabels(),
                Objects.requireNonNull(held.getScores()),
                false,
                cause,
                0L,
                held.getStrengthsMicros());
    }

    /** Whether the question's classes are still those that the belief is about; false when there is none. */
    static boolean isJudgeable(Question question, ItemQuestion held) {
        int classes = held.getBeliefMicros().size();
        return held.getGoldClass() == null
                && classes > 0
                && classes == question.getClasses().size();
    }

    /** The most likely class; of classes in an order the median, which is closest to the truth on average. */
    String className() {
        return Questions.judgedClass(question, recorded.getBeliefMicros());
    }

    /** Whether it differs from the judgment in what it says or in the labels behind it. */
    boolean revises(Judgment earlier) {
        return !earlier.getClassName().equals(className())
                || !recorded.getCausedBy().equals(RECONCILE);
    }

    /** Whether all labels of people behind the judgment still count as they were. */
    boolean restsOn(Judgment earlier, ItemQuestion held) {
        List<SubmittedLabel> counted = Slots.countedLabels(held, Integer.MAX_VALUE);
        return earlier.getLabels().stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .allMatch(label ->
                        counted.stream().anyMatch(each -> each.getLabelId().equals(label.getLabelId())));
    }

    Judged judged(Step step, ItemQuestion held, String reason) {
        int revision = held.getJudgment() == null ? 1 : held.getJudgment().getRevision() + 1;
        List<SubmittedLabel> labels = labels(held);
        Ratings ratings = Ratings.of(labels);
        return new Judged(new Judgment(
                recorded.getInteractionId(),
                recorded.getQuestionId(),
                className(),
                recorded.getBeliefMicros(),
                question.getClasses(),
                revision,
                reason,
                labels,
                recorded.getLabelSetVersion(),
                Scores.worthMicros(recorded.getScores()),
                Scores.askingMicros(recorded.getScores()),
                Items.propensityMicros(held),
                reason.equals(GOLD) ? held.getGoldRubricVersion() : question.getRubricVersion(),
                step.policy().getPolicyVersion(),
                step.nowMs(),
                recorded.getStrengthsMicros(),
                ratings.meanMicros(),
                ratings.medianMicros(),
                false));
    }

    static boolean isGold(Judgment judgment) {
        return judgment.getReason().equals(GOLD);
    }

    /** Whether the known answer behind the judgment, or labels of people, were given under a rubric that is superseded. */
    boolean isSuperseded(ItemQuestion held) {
        Judgment judgment = held.getJudgment();
        if (judgment != null && isGold(judgment)) {
            return held.getGoldClass() == null;
        }
        return judgment != null
                && judgment.getLabels().stream()
                        .anyMatch(label -> label.getRaterKind() == RaterKind.HUMAN
                                && !Rubrics.comparable(question, label.getRubricVersion()));
    }

    /** The judgment as it was made, marked: what it rests on no longer counts. That it was gold stays unpublished. */
    Judged superseded(Step step, Judgment judgment) {
        return new Judged(Records.with(judgment, marked -> {
            marked.setRevision(judgment.getRevision() + 1);
            marked.setReason(isGold(judgment) ? GOLD : SUPERSEDED);
            marked.setSuperseded(true);
            marked.setPolicyVersion(step.policy().getPolicyVersion());
            marked.setDecidedAtMs(step.nowMs());
        }));
    }

    /** Verdicts, then the labels of people that the belief has seen: those still on their way to it came last. */
    private List<SubmittedLabel> labels(ItemQuestion held) {
        List<SubmittedLabel> labels = Slots.verdicts(question, held);
        for (SubmittedLabel label : Slots.countedLabels(held, recorded.getLabels())) {
            labels = Records.plus(labels, label);
        }
        return labels;
    }
}
