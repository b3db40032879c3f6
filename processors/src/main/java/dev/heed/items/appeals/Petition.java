package dev.heed.items.appeals;

import dev.heed.core.Step;
import dev.heed.event.Appeal;
import dev.heed.fact.AppealOpened;
import dev.heed.items.Actions;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.journal.ActionAccepted;
import dev.heed.out.Judgment;
import dev.heed.policy.AppealRules;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Somebody asks for an appeal: it is opened, or refused by name. */
final class Petition {
    private Petition() {}

    static void decide(Step step, ActionAccepted action, Appeal appeal) {
        Item item = Items.find(step.state(), appeal.getInteractionId());
        if (item == null) {
            step.refuse(
                    "interaction_unknown",
                    "interaction_id: " + appeal.getInteractionId() + " (expected: one with a judgment)");
            return;
        }
        Question question = Questions.orRefuse(step, item, appeal.getQuestionId());
        if (question == null) {
            return;
        }
        ItemQuestion held = Items.question(item, appeal.getQuestionId());
        Judgment judgment = held.getJudgment();
        if (Actions.isNewOrRefuse(step, held, action)
                && mayAppealOrRefuse(step, question.getAppeals(), action, appeal)
                && isJudgedOrRefuse(step, held, appeal)
                && isOpenToAppealOrRefuse(step, question.getAppeals(), held)) {
            open(step, question.getAppeals(), action, appeal, held, judgment);
        }
    }

    private static boolean mayAppealOrRefuse(
            Step step, @Nullable AppealRules rules, ActionAccepted action, Appeal appeal) {
        if (rules == null) {
            step.refuse(
                    "appeals_not_taken",
                    "question_id: " + appeal.getQuestionId() + " takes no appeals (expected: a question with appeals"
                            + " in policy " + step.policy().getPolicyVersion() + ")");
            return false;
        }
        if (!rules.getActors().isEmpty() && !rules.getActors().contains(action.getActor())) {
            step.refuse(
                    "appeal_not_allowed",
                    "actor: " + action.getActor() + " (expected: one of " + rules.getActors() + ", who may appeal "
                            + appeal.getQuestionId() + ")");
            return false;
        }
        return true;
    }

    /** A known answer is not published, so that it is known must not show here either. */
    private static boolean isJudgedOrRefuse(Step step, ItemQuestion held, Appeal appeal) {
        if (held.getJudgment() != null && held.getGoldClass() == null) {
            return true;
        }
        step.refuse(
                "not_judged",
                "interaction_id: " + appeal.getInteractionId() + " has no judgment on " + appeal.getQuestionId()
                        + " (expected: one to appeal against)");
        return false;
    }

    private static boolean isOpenToAppealOrRefuse(Step step, AppealRules rules, ItemQuestion held) {
        long sinceMs = step.nowMs() - held.getJudgment().getDecidedAtMs();
        if (held.getAppeal() != null) {
            step.refuse(
                    "appeal_open",
                    "appeal " + held.getAppeal().getNumber() + " is not decided yet (expected: one at a time)");
        } else if (held.getAppeals() >= rules.getMost()) {
            step.refuse(
                    "appeals_spent",
                    held.getAppeals() + " appeals were decided (expected: at most " + rules.getMost() + ")");
        } else if (rules.getWindowMs() > 0 && sinceMs > rules.getWindowMs()) {
            step.refuse(
                    "appeal_late",
                    "the judgment stands since " + sinceMs + " ms (expected: an appeal within " + rules.getWindowMs()
                            + " ms)");
        } else {
            return true;
        }
        return false;
    }

    private static void open(
            Step step, AppealRules rules, ActionAccepted action, Appeal appeal, ItemQuestion held, Judgment judgment) {
        step.emit(new AppealOpened(
                appeal.getInteractionId(),
                appeal.getQuestionId(),
                held.getAppeals() + 1,
                action.getActor(),
                action.getEventId(),
                appeal.getReasonCode(),
                judgment,
                rules.getRaters(),
                seen(held, action.getActor()),
                step.nowMs() + rules.getDeadlineMs()));
    }

    /** Who answered, whether it counts or not; who appeals takes sides; who proposed what is judged does as well. */
    private static List<String> seen(ItemQuestion held, String actor) {
        TreeSet<String> seen = new TreeSet<>(List.of(actor));
        held.getRaters().forEach(each -> seen.add(each.getLabel().getRaterId()));
        if (held.getProposal() != null) {
            seen.add(held.getProposal().getRaterId());
        }
        return new ArrayList<>(seen);
    }
}
