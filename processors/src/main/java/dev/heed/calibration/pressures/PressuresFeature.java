package dev.heed.calibration.pressures;

import dev.heed.calibration.PressureRules;
import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.DriftKind;
import dev.heed.fact.DriftFound;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PressureWatched;
import dev.heed.journal.JudgedObservation;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import java.util.EnumSet;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Puts each judgment to the pressure tests that its question has. */
public final class PressuresFeature implements Feature {
    private static final Set<DriftKind> PRESSURES = EnumSet.of(
            DriftKind.PROXY_REWARD,
            DriftKind.REFUSAL_SHORTCUT,
            DriftKind.TEMPLATE_OVERFIT,
            DriftKind.POLICY_AMBIGUITY,
            DriftKind.FEEDBACK_DRIFT);

    @Override
    public void decide(Step step) {
        if (step.event() instanceof JudgedObservation observation) {
            Question question = PressureRules.question(step.policy(), observation.getQuestionId());
            if (question == null) {
                return; // It left the policy, and its tests with it.
            }
            for (PressureRule rule : question.getPressures()) {
                if (PRESSURES.contains(rule.getKind())) {
                    new Pressure(step, question, rule, observation).decide();
                }
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PressureWatched watched) {
            Watches.watched(state, watched);
        } else if (fact instanceof DriftFound found
                && PRESSURES.contains(found.getDrift().getKind())) {
            Watches.found(state, found.getDrift());
        }
    }
}
