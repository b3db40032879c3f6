package dev.heed.items.appeals;

import dev.heed.core.Feature;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.AppealDecided;
import dev.heed.fact.AppealOpened;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.FactHeader;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.items.Questions;
import dev.heed.items.Slots;
import dev.heed.items.Timers;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.Tick;
import dev.heed.policy.Question;
import dev.heed.state.HeldAppeal;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Opens an item again for raters who have not seen it when its judgment is appealed, and decides once as many of them
 * have answered as the policy asks for, or the time is up. Their slots come on top of max_raters and go with the appeal:
 * what stays is what a label or a lease holds.
 */
public final class Appeals implements Feature {
    /** Most appeals whose time is up that are decided per tick; the rest wait for the next. */
    static final int MAX_DUE_PER_TICK = 64;

    private static final String TIMER = "appeal";

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            for (String[] due : Timers.due(step.state(), TIMER, step.nowMs(), MAX_DUE_PER_TICK)) {
                Hearing.of(step, due[0], due[1]).atDeadline(step);
            }
            return;
        }
        if (step.event() instanceof ActionAccepted action && action.getAppeal() != null) {
            Petition.decide(step, action, action.getAppeal());
        }
        for (AppealOpened opened : step.facts(AppealOpened.class)) {
            askFreshRaters(step, opened);
        }
        for (BeliefRecorded recorded : step.facts(BeliefRecorded.class)) {
            if (Items.question(step.state(), recorded.getInteractionId(), recorded.getQuestionId())
                            .getAppeal()
                    != null) {
                Hearing.of(step, recorded.getInteractionId(), recorded.getQuestionId())
                        .atBelief(step, recorded);
            }
        }
    }

    /** Whoever holds a lease has not answered yet, so leases and what is wanted already count towards the appeal. */
    private static void askFreshRaters(Step step, AppealOpened opened) {
        Item item = Objects.requireNonNull(Items.find(step.state(), opened.getInteractionId()));
        Question question = Objects.requireNonNull(Questions.find(step.policy(), opened.getQuestionId()));
        ItemQuestion held = Items.question(item, opened.getQuestionId());
        int wanted = Math.min(opened.getRaters() - held.getLeases().size(), Slots.free(question, held));
        if (wanted > Slots.due(held)) {
            LabelRequests.request(step, item, question, wanted);
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof AppealOpened opened) {
            HeldAppeal appeal = new HeldAppeal(
                    opened.getNumber(),
                    opened.getAppealed().getClassName(),
                    opened.getRaters(),
                    opened.getSeenRaters(),
                    opened.getDueMs());
            Items.updateQuestion(state, opened.getInteractionId(), opened.getQuestionId(), question -> {
                question.setAppeal(appeal);
                question.setAppeals(opened.getNumber());
                question.setExtraSlots(question.getExtraSlots() + opened.getRaters());
                question.setActionIds(Records.plus(question.getActionIds(), opened.getEventId()));
            });
            Timers.set(state, TIMER, opened.getDueMs(), opened.getInteractionId(), opened.getQuestionId());
        } else if (fact instanceof AppealDecided decided) {
            ItemQuestion held = Items.question(state, decided.getInteractionId(), decided.getQuestionId());
            long dueMs = Objects.requireNonNull(held.getAppeal()).getDueMs();
            Timers.clear(state, TIMER, dueMs, decided.getInteractionId(), decided.getQuestionId());
            Items.updateQuestion(state, decided.getInteractionId(), decided.getQuestionId(), question -> {
                question.setAppeal(null);
                question.setExtraSlots(decided.getExtraSlots());
            });
        }
    }
}
