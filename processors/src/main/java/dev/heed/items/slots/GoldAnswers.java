package dev.heed.items.slots;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.Records;
import dev.heed.core.Rubrics;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Gold;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.GoldSetAside;
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
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes known answers. A later one for the same question replaces the earlier: gold can be corrected. Each is the answer
 * under a rubric; one under a superseded rubric is refused, and one that is superseded later is set aside when
 * calibration says so, as labels are.
 */
public final class GoldAnswers implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof BeliefUpdated told && told.getSupersededGoldRubric() != null) {
            setAside(step, told, told.getSupersededGoldRubric());
        } else if (step.event() instanceof ActionAccepted action && action.getGold() != null) {
            record(step, action, action.getGold());
        }
    }

    private static void record(Step step, ActionAccepted action, Gold gold) {
        Item item = Items.find(step.state(), gold.getInteractionId());
        if (item == null) {
            return; // Parking keeps it.
        }
        ItemQuestion held = Items.question(item, gold.getQuestionId());
        if (!Actions.isNewOrRefuse(step, held, action)) {
            return;
        }
        Question question = Questions.orRefuse(step, item, gold.getQuestionId());
        if (question == null || !Questions.hasClassOrRefuse(step, question, gold.getClassName())) {
            return;
        }
        String rubric = gold.getRubricVersion().isEmpty() ? question.getRubricVersion() : gold.getRubricVersion();
        if (!Rubrics.comparable(question, rubric)) {
            step.refuse(
                    "rubric_superseded",
                    "gold.rubric_version: " + rubric + " (expected: " + question.getRubricVersion() + " or comparable: "
                            + question.getComparableRubrics() + ")");
            return;
        }
        GoldAssigned known =
                new GoldAssigned(gold.getInteractionId(), gold.getQuestionId(), gold.getClassName(), rubric);
        step.emit(new GoldRecorded(
                known,
                action.getActor(),
                action.getEventId(),
                Submissions.verdicts(item, question),
                offered(item, held, question, known)));
    }

    private static void setAside(Step step, BeliefUpdated told, String rubric) {
        Item item = Items.find(step.state(), told.getInteractionId());
        if (item == null) {
            return; // Refused with the belief.
        }
        ItemQuestion held = Items.question(item, told.getQuestionId());
        if (held.getGoldClass() == null || !held.getGoldRubricVersion().equals(rubric)) {
            return; // It is known anew, of which calibration will hear.
        }
        GoldAssigned known =
                new GoldAssigned(told.getInteractionId(), told.getQuestionId(), held.getGoldClass(), rubric);
        Question question = Questions.find(step.policy(), told.getQuestionId());
        GoldOffered offered = question == null ? null : offered(item, held, question, known);
        if (offered != null) {
            offered.setSetAside(true);
        }
        step.emit(new GoldSetAside(
                known.getInteractionId(), known.getQuestionId(), known.getClassName(), rubric, offered));
    }

    private static GoldOffered offered(Item item, ItemQuestion held, Question question, GoldAssigned gold) {
        // Who answered under another rubric may be asked again, but not as if they had never seen the item.
        TreeSet<String> seen = new TreeSet<>(Slots.excluded(held));
        held.getRaters().forEach(each -> seen.add(each.getLabel().getRaterId()));
        return new GoldOffered(
                gold.getInteractionId(),
                gold.getQuestionId(),
                question.getPool(),
                gold.getClassName(),
                question.getSkill(),
                item.getInteraction().getLanguage(),
                gold.getRubricVersion(),
                List.copyOf(seen),
                held.getActionIds().size() + 1,
                held.getGoldClass() != null || !held.getGoldRubricVersion().isEmpty(),
                false);
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof GoldRecorded recorded) {
            GoldAssigned gold = recorded.getGold();
            Items.updateQuestion(state, gold.getInteractionId(), gold.getQuestionId(), question -> {
                question.setGoldClass(gold.getClassName());
                question.setGoldRubricVersion(gold.getRubricVersion());
                question.setSubmitted(true);
                question.setActionIds(Records.plus(question.getActionIds(), recorded.getEventId()));
            });
        } else if (fact instanceof GoldSetAside setAside) {
            Items.updateQuestion(
                    state,
                    setAside.getInteractionId(),
                    setAside.getQuestionId(),
                    question -> question.setGoldClass(null));
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof GoldRecorded recorded) {
            String questionId = recorded.getGold().getQuestionId();
            CalibrationEvent answer = new CalibrationEvent();
            answer.setGold(recorded.getGold());
            out.send(Channel.CALIBRATION_JOURNAL, questionId, answer);
            tellPool(out, recorded.getOffered());
            if (recorded.getVerdicts() != null) {
                CalibrationEvent verdicts = new CalibrationEvent();
                verdicts.setLabels(recorded.getVerdicts());
                out.send(Channel.CALIBRATION_JOURNAL, questionId, verdicts);
            }
        } else if (fact instanceof GoldSetAside setAside) {
            tellPool(out, setAside.getOffered());
        }
    }

    private static void tellPool(Outbox out, @Nullable GoldOffered offered) {
        if (offered != null) {
            QueuesEvent event = new QueuesEvent();
            event.setGoldOffered(offered);
            out.send(Channel.QUEUES_JOURNAL, offered.getPool(), event);
        }
    }
}
