package dev.heed.calibration.rates;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RatesCompared;
import dev.heed.fact.VerdictScored;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.journal.Tick;
import dev.heed.math.Micros;
import dev.heed.out.DetectorErrorRates;
import dev.heed.state.QuestionTally;
import dev.heed.state.ScoredVerdicts;
import dev.heed.state.Timer;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Holds what detectors and judges say of an item against what people say of it, and tells their error rates at ticks.
 *
 * <p>It stands behind the labels. Each item adds to the rates what it holds now; what it added before is taken back to
 * the last micro.
 */
public final class RatesFeature implements Feature {
    /** Least time between two comparisons of one detector's rates with the published ones. */
    public static final long COMPARE_INTERVAL_MS = 5_000;
    /** Most detectors compared at one tick; the rest wait for the next. */
    static final int MAX_COMPARED_PER_TICK = 16;

    @Override
    public void decide(Step step) {
        for (BeliefMove move : step.facts(BeliefMove.class)) {
            score(step, move);
        }
        if (step.event() instanceof Tick && step.hasPolicy()) {
            for (StateReader.Entry<Timer> due :
                    step.state().withPrefix(RateKeys.due(), Timer.class, MAX_COMPARED_PER_TICK)) {
                if (due.value().getDueMs() <= step.nowMs()) {
                    Comparison.decide(step, due.value());
                }
            }
        }
    }

    private static void score(Step step, BeliefMove move) {
        ScoredVerdicts before =
                step.state().get(RateKeys.item(move.getQuestionId(), move.getInteractionId()), ScoredVerdicts.class);
        List<SubmittedLabel> verdicts = move.getCounted().stream()
                .filter(label -> label.getRaterKind() != RaterKind.HUMAN)
                .toList();
        if (verdicts.isEmpty() && (before == null || before.getVerdicts().isEmpty())) {
            return;
        }
        List<String> classes = Objects.requireNonNull(
                        step.state().get(CalibrationKeys.question(move.getQuestionId()), QuestionTally.class))
                .getClasses();
        List<Long> truth = verdicts.isEmpty() ? List.of() : PeopleSay.of(step.state(), step.policy(), move, classes);
        long propensityMicros = truth.isEmpty() && before == null ? 0 : propensity(step, before);
        ScoredVerdicts after = new ScoredVerdicts(truth, propensityMicros, verdicts);
        if (!after.equals(before)) {
            step.emit(new VerdictScored(
                    move.getQuestionId(), move.getInteractionId(), truth, propensityMicros, verdicts));
        }
    }

    /** Fixed when the item comes to be judged: that is the choice it is the probability of. Gold that nobody drew has 1. */
    private static long propensity(Step step, @Nullable ScoredVerdicts before) {
        if (before != null && before.getPropensityMicros() > 0) {
            return before.getPropensityMicros();
        }
        return step.event() instanceof LabelsSubmitted submitted ? submitted.getPropensityMicros() : Micros.ONE;
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof VerdictScored scored) {
            VerdictTallies.scored(state, header, scored);
        } else if (fact instanceof RatesCompared compared) {
            VerdictTallies.compared(state, header, compared);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof RatesCompared compared) {
            for (DetectorErrorRates rates : compared.getPublished()) {
                out.send(Channel.DETECTOR_RATES, RatesOf.key(rates), rates);
            }
        }
    }
}
