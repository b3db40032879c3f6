package dev.heed.items.slots;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LabelsUnrequested;
import dev.heed.fact.Triaged;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.items.Questions;
import dev.heed.items.Slots;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.TaskCancelled;
import dev.heed.journal.TaskWanted;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Asks the pool for the first labels when triage says that somebody is to look, and again in a more urgent lane, or when
 * the queue had closed the request and a look finds something new.
 */
public final class Requests implements Feature {
    private static final String THINNED = "thinned";

    @Override
    public void decide(Step step) {
        for (Triaged triaged : step.facts(Triaged.class)) {
            if (LabelRequests.isReviewed(triaged.getRoute())
                    && (triaged.getRoute() != triaged.getPreviousRoute() || mayAskAgain(step, triaged))) {
                request(step, triaged);
            }
        }
    }

    /** What the exploration lane left out stays out: its draw is made once. */
    private static boolean mayAskAgain(Step step, Triaged triaged) {
        ItemQuestion held = Items.question(step.state(), triaged.getInteractionId(), triaged.getQuestionId());
        return !held.getRequestClosed().isEmpty()
                && !held.getRequestClosed().equals(THINNED)
                && held.getJudgment() == null;
    }

    private static void request(Step step, Triaged triaged) {
        Item item = Objects.requireNonNull(Items.find(step.state(), triaged.getInteractionId()));
        Question question = Objects.requireNonNull(Questions.find(step.policy(), triaged.getQuestionId()));
        ItemQuestion held = Items.question(item, triaged.getQuestionId());
        if (held.getGoldClass() != null) {
            return;
        }
        if (held.getSeniorOpen()) {
            if (Slots.awaitsSenior(held)) {
                LabelRequests.request(step, item, question, 1);
            }
            return;
        }
        int missing = Math.max(Slots.due(held), question.getMinRaters() - Slots.used(held));
        int wanted = Math.min(missing, Slots.free(question, held));
        if (wanted > 0) {
            LabelRequests.request(step, item, question, wanted);
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof LabelsRequested requested) {
            TaskWanted task = requested.getTask();
            Items.updateQuestion(state, task.getInteractionId(), task.getQuestionId(), question -> {
                question.setRequest(task.getRequest());
                question.setRequestOpen(true);
                question.setRequestPool(task.getPool());
                question.setWanted(task.getLabelsWanted());
            });
        } else if (fact instanceof LabelsUnrequested unrequested) {
            TaskCancelled task = unrequested.getTask();
            Items.updateQuestion(state, task.getInteractionId(), task.getQuestionId(), question -> {
                question.setRequestOpen(false);
                question.setWanted(0);
            });
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof LabelsRequested requested) {
            QueuesEvent event = new QueuesEvent();
            event.setTaskWanted(requested.getTask());
            out.send(Channel.QUEUES_JOURNAL, requested.getTask().getPool(), event);
        } else if (fact instanceof LabelsUnrequested unrequested) {
            QueuesEvent event = new QueuesEvent();
            event.setTaskCancelled(unrequested.getTask());
            out.send(Channel.QUEUES_JOURNAL, unrequested.getTask().getPool(), event);
        }
    }
}
