package dev.heed.calibration.standing;

import dev.heed.calibration.PressureRules;
import dev.heed.calibration.Standings;
import dev.heed.core.Rubrics;
import dev.heed.core.Step;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.GoldRescored;
import dev.heed.journal.GoldAssigned;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import dev.heed.state.FirstLabel;
import dev.heed.state.RaterTrack;
import java.util.List;

/**
 * Scores gold answers again after the known answer was corrected. What a rater said under another rubric than the answer
 * is now known under stays as it was scored: they did not read that one.
 */
final class Rescoring {
    private Rescoring() {}

    static void decide(Step step, GoldAssigned gold) {
        List<BeliefMove> moves = step.facts(BeliefMove.class);
        if (moves.isEmpty() || moves.get(0).getGoldClass() == null) {
            return; // Refused, known before, or under a superseded rubric.
        }
        Question question = PressureRules.question(step.policy(), gold.getQuestionId());
        for (FirstLabel first : Seen.of(step.state(), gold.getQuestionId(), gold.getInteractionId())) {
            if (first.getSequence() != null && Rubrics.comparable(question, first.getRubricVersion())) {
                rescore(step, gold, first, first.getSequence());
            }
        }
    }

    private static void rescore(Step step, GoldAssigned gold, FirstLabel first, long sequence) {
        RaterTrack track =
                StandingFeature.track(step.state(), gold.getQuestionId(), first.getKind(), first.getRaterId());
        boolean right = first.getClassName().equals(gold.getClassName());
        if (!GoldAnswers.isKept(track, sequence) || GoldAnswers.isRight(track, sequence) == right) {
            return;
        }
        step.emit(new GoldRescored(
                gold.getQuestionId(),
                first.getKind(),
                first.getRaterId(),
                gold.getInteractionId(),
                sequence,
                right,
                GoldAnswers.corrected(track, sequence, right).getGold()));
        RaterTrust rule = Standings.rule(step.policy(), gold.getQuestionId());
        if (rule != null) {
            new Change(step, rule, gold.getQuestionId(), first.getKind(), first.getRaterId()).decide();
        }
    }
}
