package dev.heed.intake.shape;

import dev.heed.event.FeedbackKind;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import java.util.List;

/** The shape of a policy's questions. */
final class QuestionShape {
    private final Policy policy;
    private final Problems problems;

    QuestionShape(Policy policy, Problems problems) {
        this.policy = policy;
        this.problems = problems;
    }

    void check() {
        List<Question> questions = policy.getQuestions();
        problems.distinctIds(
                "questions.question_id",
                questions.stream().map(Question::getQuestionId).toList(),
                1,
                Limits.POLICY_ENTRIES);
        for (int i = 0; i < questions.size(); i++) {
            String path = "questions[" + i + "].";
            answers(path, questions.get(i));
            raters(path, questions.get(i));
            loss(path, questions.get(i));
            rows(path, questions.get(i));
            new PressureShape(questions.get(i), problems).check(path);
        }
    }

    private void answers(String path, Question question) {
        problems.distinctIds(path + "classes", question.getClasses(), 2, Limits.CLASSES);
        FeedbackKind kind = question.getKind();
        problems.check(
                kind == FeedbackKind.LABEL || kind == FeedbackKind.PREFERENCE,
                path + "kind",
                kind,
                "LABEL or PREFERENCE");
        problems.between(
                path + "candidates",
                question.getCandidates(),
                kind == FeedbackKind.PREFERENCE ? 2 : 1,
                Limits.CANDIDATES);
        problems.distinctIds(path + "slices", question.getSlices(), 0, Limits.SLICES);
        problems.id(path + "rubric_version", question.getRubricVersion());
        problems.check(
                !question.getEscalates() || !policy.getEscalationLevels().isEmpty(),
                path + "escalates",
                true,
                "false, as there are no escalation_levels");
    }

    private void raters(String path, Question question) {
        problems.between(path + "min_raters", question.getMinRaters(), 1, Limits.RATERS);
        problems.check(
                question.getMaxRaters() >= question.getMinRaters() && question.getMaxRaters() <= Limits.RATERS,
                path + "max_raters",
                question.getMaxRaters(),
                "min_raters, " + question.getMinRaters() + ", to " + Limits.RATERS);
        problems.between(path + "look_ahead", question.getLookAhead(), 1, Limits.LOOK_AHEAD);
        problems.idOrEmpty(path + "skill", question.getSkill());
        List<String> pools = policy.getPools().stream().map(Pool::getPool).toList();
        problems.check(
                pools.contains(question.getPool()),
                path + "pool",
                question.getPool(),
                "one of pools: " + String.join(", ", pools));
    }

    private void loss(String path, Question question) {
        problems.micros(path + "label_cost", question.getLabelCostMicros(), 0, Limits.LOSS_MICROS);
        List<LossRow> loss = question.getLoss();
        problems.distinctIds(
                path + "loss.action", loss.stream().map(LossRow::getAction).toList(), 1, Limits.CLASSES);
        List<String> classes = question.getClasses();
        for (LossRow row : loss) {
            String of = path + "loss." + Problems.shown(row.getAction());
            List<Long> losses = row.getLossesMicros();
            if (losses.size() != classes.size()) {
                problems.add(of, losses.size() + " losses", classes.size() + ", one for each class");
                continue;
            }
            for (int k = 0; k < losses.size(); k++) {
                problems.micros(of + "." + Problems.shown(classes.get(k)), losses.get(k), 0, Limits.LOSS_MICROS);
            }
        }
    }

    private void rows(String path, Question question) {
        List<RowRule> rules = question.getRows();
        problems.count(path + "rows", rules.size(), 0, Limits.POLICY_ENTRIES);
        for (int i = 0; i < rules.size(); i++) {
            String rule = path + "rows[" + i + "].";
            problems.known(rule + "dataset", rules.get(i).getDataset());
            problems.micros(rule + "min_belief", rules.get(i).getMinBeliefMicros(), 0, Limits.ONE_MICROS);
            List<String> classes = rules.get(i).getClasses();
            for (int k = 0; k < classes.size(); k++) {
                problems.check(
                        question.getClasses().contains(classes.get(k)),
                        rule + "classes[" + k + "]",
                        classes.get(k),
                        "one of " + String.join(", ", question.getClasses()));
            }
        }
    }
}
