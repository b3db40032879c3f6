package dev.heed.items.judgment;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ScoreParts;
import dev.heed.items.Items;
import dev.heed.items.Models;
import dev.heed.items.OnProposals;
import dev.heed.items.Questions;
import dev.heed.items.Scores;
import dev.heed.math.Micros;
import dev.heed.policy.Question;
import dev.heed.state.HeldVerdict;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Takes beliefs from calibration, the latest label set only, and says what one more label is worth under each. */
public final class Beliefs implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof BeliefUpdated told)) {
            return;
        }
        BeliefUpdated belief = OnProposals.here(told);
        Item item = Items.find(step.state(), belief.getInteractionId());
        Question question = Questions.find(step.policy(), belief.getQuestionId());
        if (item == null) {
            step.refuse(
                    "interaction_unknown",
                    "interaction_id: " + belief.getInteractionId() + " (expected: one whose labels were submitted)");
        } else if (question == null || !question.getClasses().equals(belief.getClasses())) {
            step.refuse(
                    "classes_changed",
                    "classes: " + belief.getClasses() + " (expected: those of question " + belief.getQuestionId()
                            + " in policy " + step.policy().getPolicyVersion() + ": "
                            + (question == null ? "no such question" : question.getClasses()) + ")");
        } else if (belief.getLabelSetVersion()
                <= Items.question(item, belief.getQuestionId()).getLabelSetVersion()) {
            step.ignoreDuplicate();
        } else {
            step.emit(recorded(step, item, question, belief));
        }
    }

    private static BeliefRecorded recorded(Step step, Item item, Question question, BeliefUpdated belief) {
        ItemQuestion held = Items.question(item, belief.getQuestionId());
        ScoreParts before = held.getScores();
        ScoreParts scores = Scores.of(
                step.state(),
                step.policy(),
                question,
                item,
                shares(belief.getBeliefMicros()),
                Models.matrix(
                        belief.getNextRaterMatrixMicros(), question.getClasses().size()),
                before == null ? 0 : before.getExplorationDrawMicros(),
                before == null ? Micros.ONE : before.getPropensityMicros());
        return new BeliefRecorded(
                belief.getInteractionId(),
                belief.getQuestionId(),
                belief.getBeliefMicros(),
                belief.getLabelSetVersion(),
                belief.getHumanLabels(),
                scores,
                belief.getGold(),
                belief.getCausedBy(),
                noticedAtMs(held, belief.getCausedBy()),
                belief.getStrengthsMicros());
    }

    private static long noticedAtMs(ItemQuestion held, String causedBy) {
        for (HeldVerdict verdict : held.getVerdicts()) {
            if (verdict.getLabel().getLabelId().equals(causedBy)) {
                return verdict.getSaidAtMs();
            }
        }
        return 0;
    }

    private static double[] shares(List<Long> micros) {
        double[] shares = new double[micros.size()];
        for (int k = 0; k < shares.length; k++) {
            shares[k] = Micros.toDouble(micros.get(k));
        }
        return shares;
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof BeliefRecorded recorded) {
            Items.updateQuestion(state, recorded.getInteractionId(), recorded.getQuestionId(), question -> {
                question.setBeliefMicros(recorded.getBeliefMicros());
                question.setLabelSetVersion(recorded.getLabelSetVersion());
                question.setHumanLabels(recorded.getLabels());
                question.setScores(recorded.getScores());
                question.setStrengthsMicros(recorded.getStrengthsMicros());
            });
        }
    }
}
