package dev.heed.items.appeals;

import dev.heed.core.Step;
import dev.heed.event.AppealOutcome;
import dev.heed.fact.AppealDecided;
import dev.heed.fact.BeliefRecorded;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Slots;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Question;
import dev.heed.state.HeldAppeal;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An open appeal, and what there is to decide it on. */
record Hearing(
        String interactionId, String questionId, @Nullable Question question, ItemQuestion held, HeldAppeal appeal) {

    static Hearing of(Step step, String interactionId, String questionId) {
        ItemQuestion held = Items.question(step.state(), interactionId, questionId);
        return new Hearing(
                interactionId,
                questionId,
                Questions.find(step.policy(), questionId),
                held,
                Objects.requireNonNull(held.getAppeal(), "an appeal that is open"));
    }

    /** Decides once the belief rests on as many fresh labels as were asked for, or the answer has become known. */
    void atBelief(Step step, BeliefRecorded recorded) {
        if (recorded.getGold()) {
            decide(step, "gold");
        } else if (held.getGoldClass() == null && fresh().size() >= appeal.getRaters()) {
            decide(step, "labels");
        }
    }

    /** Decides on what has come. If nobody new has answered, there is nothing to decide on, and the judgment stands. */
    void atDeadline(Step step) {
        boolean comparable = question != null
                && question.getClasses().size() == held.getBeliefMicros().size();
        if (comparable && !fresh().isEmpty()) {
            decide(step, "deadline");
        } else {
            step.emit(decided(AppealOutcome.LAPSED, appeal.getClassName(), "deadline"));
        }
    }

    private void decide(Step step, String cause) {
        String className = Questions.judgedClass(Objects.requireNonNull(question), held.getBeliefMicros());
        boolean upheld = className.equals(appeal.getClassName());
        step.emit(decided(upheld ? AppealOutcome.UPHELD : AppealOutcome.OVERTURNED, className, cause));
    }

    private AppealDecided decided(AppealOutcome outcome, String className, String cause) {
        return new AppealDecided(
                interactionId,
                questionId,
                appeal.getNumber(),
                outcome,
                appeal.getClassName(),
                className,
                fresh(),
                held.getBeliefMicros(),
                held.getLabelSetVersion(),
                cause,
                question == null ? held.getExtraSlots() : Slots.beyond(question, held));
    }

    /** The labels behind the belief of raters who had not seen the item when the appeal was opened. */
    private List<SubmittedLabel> fresh() {
        return Slots.countedLabels(held, held.getHumanLabels()).stream()
                .filter(label -> !appeal.getSeenRaters().contains(label.getRaterId()))
                .toList();
    }
}
