package dev.heed.calibration.reconcile;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.CalibrationPolicy;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.ReconcileStarted;
import dev.heed.journal.ActionAccepted;
import dev.heed.policy.Question;
import dev.heed.state.QuestionTally;
import dev.heed.state.ReconcileCursor;
import dev.heed.state.Reconciled;
import org.jspecify.annotations.Nullable;

/** When a reconcile run begins: because a person asks for it, or because the last one is long enough ago. */
final class Start {
    private Start() {}

    static void requested(Step step, ActionAccepted action, String questionId) {
        ReconcileCursor run = run(step.state(), questionId);
        if (step.policy().getQuestions().stream()
                .noneMatch(question -> question.getQuestionId().equals(questionId))) {
            step.refuse("unknown_question", "question_id: " + questionId + " (expected: a question of the policy)");
        } else if (run != null) {
            step.refuse(
                    "already_reconciling",
                    "question_id: " + questionId + " is being reconciled, in pass " + run.getPass()
                            + " (expected: a question at rest)");
        } else {
            step.emit(new ReconcileStarted(questionId, action.getEventId(), action.getActor()));
        }
    }

    static void due(Step step) {
        for (Question question : step.policy().getQuestions()) {
            long intervalMs = CalibrationPolicy.of(question).getReconcileIntervalMs();
            // Every partition sees the policy; a question without labels here is none of this one's.
            if (intervalMs > 0
                    && step.state().get(CalibrationKeys.question(question.getQuestionId()), QuestionTally.class) != null
                    && run(step.state(), question.getQuestionId()) == null
                    && isDue(step, question.getQuestionId(), intervalMs)) {
                step.emit(new ReconcileStarted(question.getQuestionId(), "", ""));
            }
        }
    }

    private static boolean isDue(Step step, String questionId, long intervalMs) {
        Reconciled last = step.state().get(ReconcileKeys.reconciled(questionId), Reconciled.class);
        if (last == null) {
            return true;
        }
        boolean somethingToDo =
                !last.getAtRest() || last.getPolicyVersion() != step.policy().getPolicyVersion();
        return somethingToDo && step.nowMs() - last.getFinishedAtMs() >= intervalMs;
    }

    private static @Nullable ReconcileCursor run(StateReader state, String questionId) {
        return state.get(ReconcileKeys.run(questionId), ReconcileCursor.class);
    }
}
