package dev.heed.items.judgment;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LeaseCleared;
import dev.heed.fact.RequestDropped;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Slots;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.RequestClosed;
import dev.heed.journal.TaskWanted;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import org.apache.avro.specific.SpecificRecord;

/**
 * Takes it that a queue hands out nothing more for a request. An item with min_raters labels is then judged by what it
 * has, once nobody is at work on it any more: nobody will give it the label that it is still worth. One with fewer waits
 * without a request, and asks again when a look, a label or a belief brings something new.
 */
public final class ClosedRequests implements Feature {
    private static final String REASON = "request_closed";

    @Override
    public void decide(Step step) {
        if (step.event() instanceof RequestClosed closed) {
            close(step, closed);
        }
        for (LeaseCleared cleared : step.facts(LeaseCleared.class)) {
            LeaseEnded lease = cleared.getLease();
            settle(step, lease.getInteractionId(), lease.getQuestionId());
            askAgain(step, lease.getInteractionId(), lease.getQuestionId());
        }
    }

    /**
     * A lease beyond what was asked for has ended, and nobody is at work or to come: what the item held back while
     * somebody was, it asks for now. A belief that is still to come does so by itself.
     */
    private static void askAgain(Step step, String interactionId, String questionId) {
        ItemQuestion held = Items.question(step.state(), interactionId, questionId);
        Question question = Questions.find(step.policy(), questionId);
        boolean waits = held.getRequestOpen()
                && Slots.due(held) == 0
                && held.getLeases().isEmpty()
                && (held.getJudgment() == null || held.getJudgment().getSuperseded() || held.getAppeal() != null);
        if (waits
                && question != null
                && Verdict.isJudgeable(question, held)
                && held.getHumanLabels() == Slots.counted(held)) {
            Judgments.settle(step, question, Verdict.standing(interactionId, held, REASON));
        }
    }

    private static void close(Step step, RequestClosed closed) {
        Item item = Items.find(step.state(), closed.getInteractionId());
        ItemQuestion held = item == null ? null : Items.question(item, closed.getQuestionId());
        if (held == null
                || !held.getRequestOpen()
                || held.getRequest() != closed.getRequest()
                || !held.getRequestPool().equals(closed.getPool())) {
            // The item has replaced or withdrawn that request, or heard of this before.
            step.ignoreDuplicate();
            return;
        }
        step.emit(new RequestDropped(closed));
        settle(step, closed.getInteractionId(), closed.getQuestionId());
    }

    private static void settle(Step step, String interactionId, String questionId) {
        ItemQuestion held = Items.question(step.state(), interactionId, questionId);
        Question question = Questions.find(step.policy(), questionId);
        boolean over = !held.getRequestClosed().isEmpty() && held.getLeases().isEmpty();
        if (over && held.getSeniorOpen()) {
            SeniorTurn.end(step, interactionId, held, question, "unavailable");
        }
        if (over
                && question != null
                && (held.getJudgment() == null || held.getJudgment().getSuperseded())
                && !Slots.holdsSuperseded(question, held)
                && Verdict.isJudgeable(question, held)
                && held.getHumanLabels() >= question.getMinRaters()) {
            step.emit(new Verdict(question, Verdict.standing(interactionId, held, REASON)).judged(step, held, REASON));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RequestDropped dropped) {
            RequestClosed closed = dropped.getClosed();
            Items.updateQuestion(state, closed.getInteractionId(), closed.getQuestionId(), question -> {
                question.setRequestOpen(false);
                question.setWanted(0);
                question.setRequestClosed(closed.getReason());
            });
        } else if (fact instanceof LabelsRequested requested) {
            TaskWanted task = requested.getTask();
            Items.updateQuestion(
                    state, task.getInteractionId(), task.getQuestionId(), question -> question.setRequestClosed(""));
        }
    }
}
