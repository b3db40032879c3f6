package dev.heed.items.judgment;

import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.SeniorEnded;
import dev.heed.fact.SeniorWanted;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.items.Questions;
import dev.heed.items.Seniors;
import dev.heed.items.Slots;
import dev.heed.items.Timers;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A senior breaks the tie of an item that max_raters labels have not settled, before its first judgment. Their slot comes
 * on top of max_raters and is for nobody else; their label is weighed as any other, and the item is judged with it in any
 * case. A judgment that later falls in doubt is for an appeal.
 */
final class SeniorTurn {
    /** What a belief means for it. */
    enum Says {
        /** Nothing: judge, or ask, as if there were no seniors. */
        NOTHING,
        /** The senior was asked and has not answered: do neither. */
        WAIT,
        /** The belief rests on the senior's label: judge. */
        ANSWERED
    }

    /** Most turns whose time is up that are ended per tick; the rest wait for the next. */
    private static final int MAX_DUE_PER_TICK = 64;

    private static final String TIMER = "senior";
    private static final String DEADLINE = "deadline";

    private SeniorTurn() {}

    /** Asks a senior, ends their turn, or waits on. */
    static Says next(Step step, Question question, BeliefRecorded recorded, boolean worthMore) {
        ItemQuestion held = Items.question(step.state(), recorded.getInteractionId(), recorded.getQuestionId());
        return held.getSeniorOpen()
                ? goOn(step, question, recorded, held, worthMore)
                : begin(step, question, recorded, held, worthMore);
    }

    private static Says begin(
            Step step, Question question, BeliefRecorded recorded, ItemQuestion held, boolean worthMore) {
        if (!worthMore || recorded.getLabels() < question.getMaxRaters() || held.getSeniorWanted()) {
            return Says.NOTHING;
        }
        // Whoever is at work gives one more label first, and a label just taken back brings another belief.
        boolean asks = maySenior(question, held)
                && held.getJudgment() == null
                && held.getLeases().isEmpty()
                && Slots.counted(held) >= question.getMaxRaters();
        step.emit(new SeniorWanted(
                recorded.getInteractionId(),
                recorded.getQuestionId(),
                recorded.getBeliefMicros(),
                asks ? 1 : 0,
                asks ? step.nowMs() + question.getSeniorDeadlineMs() : 0));
        if (asks) {
            ask(step, question, recorded);
        }
        return asks ? Says.WAIT : Says.NOTHING;
    }

    private static Says goOn(
            Step step, Question question, BeliefRecorded recorded, ItemQuestion held, boolean worthMore) {
        boolean enough = recorded.getLabels() >= question.getMinRaters();
        if (enough && isBehind(recorded, held)) {
            end(step, recorded.getInteractionId(), held, question, "answered");
            return Says.ANSWERED;
        }
        if (enough && worthMore && maySenior(question, held)) {
            if (Slots.awaitsSenior(held) && Slots.due(held) == 0) {
                // The label of the senior was taken back or set aside: another is asked.
                ask(step, question, recorded);
            }
            return Says.WAIT;
        }
        String otherwise = enough ? "unavailable" : "reopened";
        end(step, recorded.getInteractionId(), held, question, enough && !worthMore ? "settled" : otherwise);
        // Whoever is asked next is asked anew: what is wanted is a senior's hand-out still.
        LabelRequests.cancel(step, recorded.getInteractionId(), held);
        return Says.NOTHING;
    }

    /** Nobody has to judge a proposal that is taken back. */
    private static boolean maySenior(Question question, ItemQuestion held) {
        return Seniors.areNamed(question)
                && (held.getProposal() == null || !held.getProposal().getWithdrawn());
    }

    private static boolean isBehind(BeliefRecorded recorded, ItemQuestion held) {
        return Slots.countedLabels(held, recorded.getLabels()).stream()
                .anyMatch(label -> label.getRaterId().equals(held.getSeniorRater()));
    }

    private static void ask(Step step, Question question, BeliefRecorded recorded) {
        Item item = Objects.requireNonNull(Items.find(step.state(), recorded.getInteractionId()));
        LabelRequests.request(step, item, question, 1);
    }

    /** Ends the turn, if it is one; what the slot holds stays. */
    static void end(Step step, String interactionId, ItemQuestion held, @Nullable Question question, String outcome) {
        if (held.getSeniorOpen()) {
            step.emit(new SeniorEnded(
                    interactionId,
                    held.getQuestionId(),
                    outcome,
                    held.getSeniorRater(),
                    question == null ? held.getExtraSlots() : Slots.beyond(question, held)));
        }
    }

    /**
     * Ends the turns whose time is up, whether nobody was there or who got the task has not answered. From then on the item
     * is judged, or others are asked, as if there were no seniors; a senior's label that comes later is one more.
     */
    static void atTick(Step step) {
        for (String[] due : Timers.due(step.state(), TIMER, step.nowMs(), MAX_DUE_PER_TICK)) {
            ItemQuestion held = Items.question(step.state(), due[0], due[1]);
            Question question = Questions.find(step.policy(), due[1]);
            end(step, due[0], held, question, DEADLINE);
            LabelRequests.cancel(step, due[0], held);
            ItemQuestion after = Items.question(step.state(), due[0], due[1]);
            if (question != null && Verdict.isJudgeable(question, after)) {
                Judgments.settle(step, question, Verdict.standing(due[0], after, DEADLINE));
            }
        }
    }

    static void apply(State state, SpecificRecord fact) {
        if (fact instanceof SeniorWanted wanted) {
            Timers.set(state, TIMER, wanted.getDueMs(), wanted.getInteractionId(), wanted.getQuestionId());
            Items.updateQuestion(state, wanted.getInteractionId(), wanted.getQuestionId(), question -> {
                question.setSeniorWanted(true);
                question.setSeniorOpen(wanted.getSlots() > 0);
                question.setSeniorDueMs(wanted.getDueMs());
                question.setExtraSlots(question.getExtraSlots() + wanted.getSlots());
            });
        } else if (fact instanceof SeniorEnded ended) {
            long dueMs = Items.question(state, ended.getInteractionId(), ended.getQuestionId())
                    .getSeniorDueMs();
            Timers.clear(state, TIMER, dueMs, ended.getInteractionId(), ended.getQuestionId());
            Items.updateQuestion(state, ended.getInteractionId(), ended.getQuestionId(), question -> {
                question.setSeniorOpen(false);
                question.setSeniorDueMs(0);
                question.setExtraSlots(ended.getExtraSlots());
                if (ended.getOutcome().equals("reopened")) {
                    question.setSeniorWanted(false);
                    question.setSeniorRater("");
                }
            });
        }
    }
}
