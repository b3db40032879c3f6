package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Step;
import dev.heed.policy.Question;
import dev.heed.policy.RatingScale;
import dev.heed.state.QuestionTally;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The classes of the question an event is about, or its refusal. */
final class Classes {
    private Classes() {}

    /** The question's classes; empty after the event was refused because there is no such question. */
    static Optional<List<String>> find(Step step, String questionId) {
        QuestionTally open = step.state().get(CalibrationKeys.question(questionId), QuestionTally.class);
        Optional<Question> asked = step.policy().getQuestions().stream()
                .filter(question -> question.getQuestionId().equals(questionId))
                .findFirst();
        if (open == null && asked.isEmpty()) {
            List<String> known = step.policy().getQuestions().stream()
                    .map(Question::getQuestionId)
                    .toList();
            step.refuse("question_unknown", "question_id: " + questionId + " (expected: one of " + known + ")");
            return Optional.empty();
        }
        // A question that left the policy still takes the labels of its last items.
        List<String> classes = open == null ? asked.orElseThrow().getClasses() : open.getClasses();
        if (asked.isPresent() && !asked.get().getClasses().equals(classes)) {
            step.refuse(
                    "classes_changed",
                    "question " + questionId + ": policy " + step.policy().getPolicyVersion() + " gives it the classes "
                            + asked.get().getClasses() + " (expected: " + classes
                            + " as before; give other classes a new question_id)");
            return Optional.empty();
        }
        if (asked.isPresent() && open != null && !Objects.equals(asked.get().getRating(), open.getRating())) {
            step.refuse(
                    "scale_changed",
                    "question " + questionId + ": policy " + step.policy().getPolicyVersion() + " rates on "
                            + asked.get().getRating() + " (expected: " + open.getRating()
                            + " as before; give another scale a new question_id)");
            return Optional.empty();
        }
        return Optional.of(classes);
    }

    /** The scale of the question's ratings, or null. */
    static @Nullable RatingScale scale(Step step, String questionId) {
        return step.policy().getQuestions().stream()
                .filter(question -> question.getQuestionId().equals(questionId))
                .findFirst()
                .map(Question::getRating)
                .orElse(null);
    }

    /** Whether the class is one of the question's; the event is refused if not. */
    static boolean hold(Step step, List<String> classes, String field, String className) {
        boolean known = classes.contains(className);
        if (!known) {
            step.refuse("class_unknown", field + ": " + className + " (expected: one of " + classes + ")");
        }
        return known;
    }
}
