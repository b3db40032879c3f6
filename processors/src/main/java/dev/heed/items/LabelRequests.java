package dev.heed.items;

import dev.heed.core.Step;
import dev.heed.event.Lane;
import dev.heed.event.Route;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LabelsUnrequested;
import dev.heed.fact.ScoreParts;
import dev.heed.journal.TaskCancelled;
import dev.heed.journal.TaskWanted;
import dev.heed.math.Micros;
import dev.heed.policy.AppealRules;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Objects;

/** What an item asks of its pool. Each request has a higher number than the one before and replaces it. */
public final class LabelRequests {
    private LabelRequests() {}

    /** Whether somebody is to look at an item of this route. */
    public static boolean isReviewed(Route route) {
        return route == Route.ESCALATE || route == Route.REVIEW || route == Route.EXPLORE;
    }

    /**
     * Asks for hand-outs beyond what the item knows of, in the lane of its route. An explored item that has its first
     * labels gets further ones because they are worth their price, so by value. Nobody is asked about an item that may not
     * be reviewed.
     *
     * @param wanted how many; 0 stops hand-outs and leaves leases alone
     */
    public static void request(Step step, Item item, Question question, int wanted) {
        if (!Consented.mayReview(item)) {
            return;
        }
        String interactionId = item.getInteraction().getInteractionId();
        ItemQuestion held = Items.question(item, question.getQuestionId());
        ScoreParts scores = scores(held);
        boolean senior = held.getSeniorOpen();
        String pool = senior ? Seniors.pool(question) : question.getPool();
        if (!held.getRequestPool().equals(pool)) {
            // A policy moved the question, or seniors are in another pool; the old pool does not know.
            cancel(step, interactionId, held);
        }
        Lane lane = lane(question, held);
        step.emit(new LabelsRequested(new TaskWanted(
                interactionId,
                question.getQuestionId(),
                pool,
                Math.max(Scores.worthMicros(scores), leastValueMicros(question, held)),
                scores.getRiskMicros(),
                lane,
                selectionMicros(lane, held, scores),
                wanted,
                Slots.excluded(held),
                senior ? Seniors.skill(question) : question.getSkill(),
                item.getInteraction().getLanguage(),
                question.getRubricVersion(),
                held.getRequest() + 1,
                Slots.leasedTasks(held),
                senior)));
    }

    /** A label that nobody asked for takes the place of one that was asked for, but not of a senior's. */
    public static void wantOneLess(Step step, Question question, String interactionId) {
        wantLess(step, question, interactionId, 1);
    }

    /** What is wanted is never more than there are slots, also when a policy has lowered them meanwhile. */
    public static void wantWhatFits(Step step, Question question, String interactionId) {
        wantLess(step, question, interactionId, 0);
    }

    private static void wantLess(Step step, Question question, String interactionId, int less) {
        Item item = Items.find(step.state(), interactionId);
        if (item == null) {
            return;
        }
        ItemQuestion held = Items.question(item, question.getQuestionId());
        if (!held.getRequestOpen() || Slots.due(held) == 0 || Slots.awaitsSenior(held)) {
            return;
        }
        int wanted = Math.max(0, Math.min(Slots.due(held) - less, Slots.free(question, held)));
        if (wanted == 0 && held.getLeases().isEmpty()) {
            cancel(step, interactionId, held);
        } else if (wanted < Slots.due(held)) {
            request(step, item, question, wanted);
        }
    }

    private static Lane lane(Question question, ItemQuestion held) {
        return switch (held.getRoute()) {
            case ESCALATE -> Lane.CRITICAL;
            case EXPLORE -> Slots.counted(held) < question.getMinRaters() ? Lane.EXPLORATION : Lane.VALUE;
            default -> Lane.VALUE;
        };
    }

    /** What is asked for by rule, and not for its value, must not starve in the queue. */
    private static long leastValueMicros(Question question, ItemQuestion held) {
        AppealRules rules = question.getAppeals();
        long ofAppeal = rules == null || held.getAppeal() == null ? 0 : rules.getLeastValueMicros();
        return Math.max(question.getLeastValueMicros(), ofAppeal);
    }

    private static long selectionMicros(Lane lane, ItemQuestion held, ScoreParts scores) {
        if (lane == Lane.EXPLORATION) {
            return scores.getPropensityMicros();
        }
        return held.getRoute() == Route.EXPLORE ? Items.propensityMicros(held) : Micros.ONE;
    }

    /** Takes the request back, if the queue still has something of it. */
    public static void cancel(Step step, String interactionId, ItemQuestion held) {
        if (held.getRequestOpen() && (Slots.due(held) > 0 || !held.getLeases().isEmpty())) {
            step.emit(new LabelsUnrequested(
                    new TaskCancelled(interactionId, held.getQuestionId(), held.getRequestPool(), held.getRequest())));
        }
    }

    private static ScoreParts scores(ItemQuestion held) {
        return Objects.requireNonNull(
                held.getScores(),
                () -> held.getQuestionId() + " was never looked at (expected: scores before a request)");
    }
}
