package dev.heed.calibration.agreement;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Step;
import dev.heed.fact.AgreementReported;
import dev.heed.fact.ClassAgreement;
import dev.heed.math.Micros;
import dev.heed.state.QuestionTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What is said of the agreement on a question. */
final class Report {
    private Report() {}

    /** As it stands now, under the metric that the policy in force gives the question. */
    static AgreementReported of(Step step, String questionId) {
        boolean ordinal = step.hasPolicy()
                && step.policy().getQuestions().stream()
                        .anyMatch(question -> question.getQuestionId().equals(questionId) && question.getOrdinal());
        Agreement all = Agreement.read(step.state(), questionId, ordinal);
        Agreement explored = Agreement.explored(step.state(), questionId, ordinal);
        return new AgreementReported(
                questionId,
                micros(all.alpha()),
                all.units(),
                all.labels(),
                all.metric().publicName(),
                classes(step, all),
                micros(explored.alpha()),
                explored.units(),
                explored.labels(),
                step.nowMs());
    }

    private static List<ClassAgreement> classes(Step step, Agreement all) {
        QuestionTally question = Objects.requireNonNull(
                step.state().get(CalibrationKeys.question(all.questionId()), QuestionTally.class));
        List<ClassAgreement> classes = new ArrayList<>();
        for (int k = 0; k < question.getClasses().size(); k++) {
            classes.add(new ClassAgreement(
                    question.getClasses().get(k), micros(all.ofClasses().get(k))));
        }
        return classes;
    }

    private static @Nullable Long micros(OptionalDouble alpha) {
        return alpha.isPresent() ? Micros.of(alpha.getAsDouble()) : null;
    }
}
