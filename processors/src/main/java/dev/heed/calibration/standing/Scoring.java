package dev.heed.calibration.standing;

import dev.heed.calibration.Standings;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FirstLabelScored;
import dev.heed.fact.RaterEvidence;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.RaterTrust;
import dev.heed.state.RaterTrack;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Scores the first label of each rater on an item. */
final class Scoring {
    private final Step step;
    private final RaterTrust rule;
    private final BeliefMove move;

    private Scoring(Step step, RaterTrust rule, BeliefMove move) {
        this.step = step;
        this.rule = rule;
        this.move = move;
    }

    static void decide(Step step, LabelsSubmitted submitted) {
        RaterTrust rule = Standings.rule(step.policy(), submitted.getQuestionId());
        List<BeliefMove> moves = step.facts(BeliefMove.class);
        if (rule == null || moves.isEmpty()) {
            return;
        }
        Set<String> ids =
                submitted.getLabels().stream().map(SubmittedLabel::getLabelId).collect(Collectors.toSet());
        BeliefMove move = moves.get(0);
        for (SubmittedLabel label : move.getCounted()) {
            // A detector is what its threshold makes of it: its matrix tells what it is worth, and there is no other.
            if (ids.contains(label.getLabelId()) && label.getRaterKind() != RaterKind.DETECTOR) {
                new Scoring(step, rule, move).score(label);
            }
        }
    }

    private void score(SubmittedLabel label) {
        String questionId = move.getQuestionId();
        RaterKind kind = label.getRaterKind();
        String raterId = label.getRaterId();
        if (!Seen.isFirst(Seen.of(step.state(), questionId, move.getInteractionId()), kind, raterId)) {
            return;
        }
        RaterTrack before = Standings.find(step.state(), questionId, kind, raterId);
        if (before == null) {
            step.emit(Change.first(step, rule, questionId, kind, raterId));
            before = StandingFeature.track(step.state(), questionId, kind, raterId);
        }
        step.emit(scored(before, label));
        new Change(step, rule, questionId, kind, raterId).decide();
    }

    private FirstLabelScored scored(RaterTrack track, SubmittedLabel label) {
        Boolean right = Standings.goldRight(move.getGoldClass(), label);
        RaterEvidence gold = right == null
                ? null
                : GoldAnswers.plus(GoldAnswers.under(track, rule), right, rule.getOutcomeMemory())
                        .getGold();
        Boolean pickedFirst = Conduct.pickedFirst(step.policy(), move.getQuestionId(), label);
        Long fastBelowMs = Durations.fastBelowMs(step.state(), move.getQuestionId(), rule);
        Long durationMs = label.getDurationMs();
        Boolean fast = fastBelowMs == null || durationMs == null ? null : durationMs < fastBelowMs;
        return new FirstLabelScored(
                move.getQuestionId(),
                label.getRaterKind(),
                label.getRaterId(),
                move.getInteractionId(),
                label.getLabelId(),
                label.getClassName(),
                right,
                gold,
                rule.getOutcomeMemory(),
                pickedFirst,
                Conduct.position(track, rule, pickedFirst),
                fast,
                fast == null ? null : fastBelowMs,
                Conduct.haste(track, rule, fast),
                durationMs,
                label.getRubricVersion());
    }
}
