package dev.heed.items.slots;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Gold;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldRecorded;
import dev.heed.items.Actions;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Slots;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.QueuesEvent;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import org.apache.avro.specific.SpecificRecord;

/** Takes known answers. A later one for the same question replaces the earlier: gold can be corrected. */
public final class GoldAnswers implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof ActionAccepted action) || action.getGold() == null) {
            return;
        }
        Gold gold = action.getGold();
        Item item = Items.find(step.state(), gold.getInteractionId());
        if (item == null) {
            return; // Parking keeps it.
        }
        ItemQuestion held = Items.question(item, gold.getQuestionId());
        if (!Actions.isNewOrRefuse(step, held, action)) {
            return;
        }
        Question question = Questions.orRefuse(step, item, gold.getQuestionId());
        if (question != null && Questions.hasClassOrRefuse(step, question, gold.getClassName())) {
            step.emit(new GoldRecorded(
                    new GoldAssigned(gold.getInteractionId(), gold.getQuestionId(), gold.getClassName()),
                    action.getActor(),
                    action.getEventId(),
                    Submissions.verdicts(item, question),
                    offered(item, held, question, gold)));
        }
    }

    private static GoldOffered offered(Item item, ItemQuestion held, Question question, Gold gold) {
        return new GoldOffered(
                gold.getInteractionId(),
                gold.getQuestionId(),
                question.getPool(),
                gold.getClassName(),
                question.getSkill(),
                item.getInteraction().getLanguage(),
                question.getRubricVersion(),
                Slots.excluded(held),
                held.getActionIds().size() + 1,
                held.getGoldClass() != null);
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof GoldRecorded recorded) {
            GoldAssigned gold = recorded.getGold();
            Items.updateQuestion(state, gold.getInteractionId(), gold.getQuestionId(), question -> {
                question.setGoldClass(gold.getClassName());
                question.setSubmitted(true);
                question.setActionIds(Records.plus(question.getActionIds(), recorded.getEventId()));
            });
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof GoldRecorded recorded) {
            String questionId = recorded.getGold().getQuestionId();
            CalibrationEvent answer = new CalibrationEvent();
            answer.setGold(recorded.getGold());
            out.send(Channel.CALIBRATION_JOURNAL, questionId, answer);
            if (recorded.getOffered() != null) {
                QueuesEvent offered = new QueuesEvent();
                offered.setGoldOffered(recorded.getOffered());
                out.send(Channel.QUEUES_JOURNAL, recorded.getOffered().getPool(), offered);
            }
            if (recorded.getVerdicts() != null) {
                CalibrationEvent verdicts = new CalibrationEvent();
                verdicts.setLabels(recorded.getVerdicts());
                out.send(Channel.CALIBRATION_JOURNAL, questionId, verdicts);
            }
        }
    }
}
