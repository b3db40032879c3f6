package dev.heed.items.triage;

import dev.heed.core.Step;
import dev.heed.event.Route;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.ScoreParts;
import dev.heed.fact.Triaged;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.items.Models;
import dev.heed.items.Questions;
import dev.heed.items.Scores;
import dev.heed.math.KeyedHash;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at a question of an item. */
final class Look {
    private static final String DRAW = "explore";

    private final byte[] seed;

    Look(byte[] seed) {
        this.seed = seed.clone();
    }

    /** By what detectors and judges say; null when nothing came out new. */
    @Nullable Triaged atVerdicts(Step step, Item item, Question question) {
        if (Questions.asksForText(question)) {
            return forText(step, item, question);
        }
        ItemQuestion held = Items.question(item, question.getQuestionId());
        Models models = Models.of(step.state(), question);
        double[] q = VerdictBelief.of(question, models, held.getVerdicts());
        long draw = drawMicros(item, question);
        ScoreParts scores = Scores.of(step.state(), step.policy(), question, item, q, models.human(), draw, Micros.ONE);
        Route found = route(step.policy(), question, scores);
        boolean drawnBefore = LabelRequests.isReviewed(held.getRoute());
        scores.setPropensityMicros(propensityMicros(step.policy(), question, held, found));
        Route route = drawnBefore && Triage.urgency(found) <= Triage.urgency(held.getRoute()) ? held.getRoute() : found;
        boolean latePass = held.getLatePass() || (held.getRoute() == Route.EXPLORE && Scores.passes(scores));
        List<Long> belief = micros(q);
        if (route == held.getRoute()
                && latePass == held.getLatePass()
                && scores.equals(held.getScores())
                && belief.equals(held.getBeliefMicros())) {
            return null;
        }
        return new Triaged(
                item.getInteraction().getInteractionId(),
                question.getQuestionId(),
                belief,
                Scores.bestAction(question, q),
                scores,
                route,
                held.getRoute(),
                models.version(),
                latePass);
    }

    /** Nothing is believed of texts that nobody has written: they are asked for always, or only taken. */
    private static @Nullable Triaged forText(Step step, Item item, Question question) {
        if (!question.getAlwaysReview()) {
            return null;
        }
        ScoreParts scores = Scores.ofText(step.state(), step.policy(), question, item);
        return new Triaged(
                item.getInteraction().getInteractionId(),
                question.getQuestionId(),
                List.of(),
                "",
                scores,
                Route.REVIEW,
                Items.question(item, question.getQuestionId()).getRoute(),
                0L,
                false);
    }

    /** By calibration's belief, which can only raise an item to ESCALATE; else null. */
    @Nullable Triaged atBelief(Step step, Item item, Question question, BeliefRecorded recorded) {
        ItemQuestion held = Items.question(item, question.getQuestionId());
        if (held.getRoute() == Route.ESCALATE || !escalates(step.policy(), question, recorded.getScores())) {
            return null;
        }
        double[] q = new double[recorded.getBeliefMicros().size()];
        for (int k = 0; k < q.length; k++) {
            q[k] = Micros.toDouble(recorded.getBeliefMicros().get(k));
        }
        return new Triaged(
                recorded.getInteractionId(),
                recorded.getQuestionId(),
                recorded.getBeliefMicros(),
                Scores.bestAction(question, q),
                recorded.getScores(),
                Route.ESCALATE,
                held.getRoute(),
                Models.of(step.state(), question).version(),
                held.getLatePass());
    }

    /** That of the first lane the item came into; what it would have come into later is a mark, not a new draw. */
    private static long propensityMicros(Policy policy, Question question, ItemQuestion held, Route found) {
        if (LabelRequests.isReviewed(held.getRoute())) {
            return Items.propensityMicros(held);
        }
        return found == Route.EXPLORE ? explorationMicros(policy, question) : Micros.ONE;
    }

    private static Route route(Policy policy, Question question, ScoreParts scores) {
        if (escalates(policy, question, scores)) {
            return Route.ESCALATE;
        }
        if (question.getAlwaysReview() || Scores.passes(scores)) {
            return Route.REVIEW;
        }
        if (scores.getExplorationDrawMicros() < explorationMicros(policy, question)) {
            return Route.EXPLORE;
        }
        return Scores.worthMicros(scores) >= scores.getCostMicros() ? Route.DEFER : Route.PASS;
    }

    /** ε of the question. */
    private static long explorationMicros(Policy policy, Question question) {
        return question.getScore().getExploration() ? policy.getExplorationMicros() : 0;
    }

    private static boolean escalates(Policy policy, Question question, ScoreParts scores) {
        return question.getEscalates()
                && !policy.getEscalationLevels().isEmpty()
                && scores.getRiskMicros() >= policy.getEscalationLevels().get(0).getRiskThresholdMicros();
    }

    /** u cut off to micros, so that u in micros is below ε in micros exactly when u is below ε. */
    private long drawMicros(Item item, Question question) {
        double u =
                KeyedHash.unit(seed, DRAW, item.getInteraction().getInteractionId() + "|" + question.getQuestionId());
        return (long) StrictMath.floor(u * Micros.ONE);
    }

    private static List<Long> micros(double[] q) {
        List<Long> micros = new ArrayList<>(q.length);
        for (long share : Micros.simplex(q)) {
            micros.add(share);
        }
        return micros;
    }
}
