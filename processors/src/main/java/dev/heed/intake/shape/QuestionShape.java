package dev.heed.intake.shape;

import dev.heed.event.FeedbackKind;
import dev.heed.policy.AppealRules;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The shape of a policy's questions. */
final class QuestionShape {
    private static final Set<FeedbackKind> TEXTS =
            EnumSet.of(FeedbackKind.EDIT, FeedbackKind.DEMONSTRATION, FeedbackKind.CRITIQUE);
    private static final long MIN_PRIOR_MICROS = 1_000;
    private static final long MAX_PRIOR_MICROS = 1_000_000 * Limits.ONE_MICROS;

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
            score(path, questions.get(i));
            new PressureShape(questions.get(i), problems).check(path);
            new CalibrationShape(questions.get(i), problems).check(path + "calibration.");
        }
    }

    private void answers(String path, Question question) {
        FeedbackKind kind = question.getKind();
        problems.known(path + "kind", kind);
        boolean text = TEXTS.contains(kind);
        problems.distinctIds(path + "classes", question.getClasses(), text ? 0 : 2, text ? 0 : Limits.CLASSES);
        boolean compares = kind == FeedbackKind.PREFERENCE || kind == FeedbackKind.RANKING;
        problems.between(path + "candidates", question.getCandidates(), compares ? 2 : 1, Limits.CANDIDATES);
        problems.check(
                kind != FeedbackKind.RANKING || question.getClasses().size() == question.getCandidates(),
                path + "classes",
                question.getClasses().size() + " entries",
                question.getCandidates() + ", one for each of its candidates, as it is a RANKING");
        problems.micros(path + "ranking_prior", question.getRankingPriorMicros(), 1, 1_000 * Limits.ONE_MICROS);
        problems.micros(path + "least_value", question.getLeastValueMicros(), 0, Limits.LOSS_MICROS);
        new RatingShape(question, problems).check(path + "rating");
        proposals(path, question);
        appeals(path, question);
        problems.distinctIds(path + "slices", question.getSlices(), 0, Limits.SLICES);
        problems.id(path + "rubric_version", question.getRubricVersion());
        problems.distinctIds(
                path + "comparable_rubrics", question.getComparableRubrics(), 0, Limits.COMPARABLE_RUBRICS);
        problems.check(
                !question.getEscalates() || !policy.getEscalationLevels().isEmpty(),
                path + "escalates",
                true,
                "false, as there are no escalation_levels");
    }

    /** A text is judged by a question that is asked about proposals, and such a question has two classes. */
    private void proposals(String path, Question question) {
        FeedbackKind kind = question.getKind();
        List<String> judges = policy.getQuestions().stream()
                .filter(Question::getAboutProposals)
                .map(Question::getQuestionId)
                .toList();
        boolean text = TEXTS.contains(kind);
        problems.check(
                text
                        ? judges.contains(question.getJudgedBy())
                        : question.getJudgedBy().isEmpty(),
                path + "judged_by",
                question.getJudgedBy().isEmpty() ? "none" : question.getJudgedBy(),
                text ? "a question with about_proposals, one of " + judges : "none, as it is a " + kind);
        problems.check(
                !text || (question.getRows().isEmpty() && !question.getEscalates()),
                path + "rows",
                question.getRows().size() + " entries",
                "none, and no escalates: what is judged is the question in judged_by");
        problems.check(
                !question.getAboutProposals()
                        || (kind == FeedbackKind.LABEL && question.getClasses().size() == 2),
                path + "about_proposals",
                kind + " of " + question.getClasses().size() + " classes",
                "a LABEL of two, the first of which accepts");
    }

    private void appeals(String path, Question question) {
        AppealRules rules = question.getAppeals();
        if (rules == null) {
            return;
        }
        problems.check(!TEXTS.contains(question.getKind()), path + "appeals", "given", "none of a text");
        problems.between(path + "appeals.raters", rules.getRaters(), 1, Limits.RATERS);
        problems.between(path + "appeals.most", rules.getMost(), 1, Limits.APPEALS);
        problems.duration(path + "appeals.window", rules.getWindowMs(), 0);
        problems.duration(path + "appeals.deadline", rules.getDeadlineMs(), 1);
        problems.micros(path + "appeals.least_value", rules.getLeastValueMicros(), 0, Limits.LOSS_MICROS);
        problems.distinctIds(path + "appeals.actors", rules.getActors(), 0, Limits.NAMES);
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
        seniors(path, question, pools);
        problems.check(
                pools.contains(question.getPool()),
                path + "pool",
                question.getPool(),
                "one of pools: " + String.join(", ", pools));
    }

    private void seniors(String path, Question question, List<String> pools) {
        String pool = question.getSeniorPool();
        String skill = question.getSeniorSkill();
        problems.idOrEmpty(path + "senior_skill", skill);
        problems.duration(path + "senior_deadline", question.getSeniorDeadlineMs(), 1);
        problems.check(
                pool.isEmpty() || pools.contains(pool),
                path + "senior_pool",
                pool,
                "none, or one of pools: " + String.join(", ", pools));
        problems.check(
                !TEXTS.contains(question.getKind()) || (pool.isEmpty() && skill.isEmpty()),
                path + "senior_skill",
                skill.isEmpty() ? pool : skill,
                "no seniors of a text: name them in the question that judges it");
        problems.check(
                !pool.equals(question.getPool()) || !skill.isEmpty(),
                path + "senior_skill",
                "none",
                "a skill, as senior_pool is the question's own: everybody there would be a senior");
    }

    private void loss(String path, Question question) {
        problems.micros(path + "label_cost", question.getLabelCostMicros(), 0, Limits.LOSS_MICROS);
        List<LossRow> loss = question.getLoss();
        boolean text = TEXTS.contains(question.getKind());
        problems.distinctIds(
                path + "loss.action",
                loss.stream().map(LossRow::getAction).toList(),
                isOrdered(question) || text ? 0 : 1,
                text ? 0 : Limits.CLASSES);
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

    /** Classes in an order have a loss without a matrix: the distance. */
    private static boolean isOrdered(Question question) {
        return question.getOrdinal() || question.getKind() == FeedbackKind.RATING;
    }

    private void score(String path, Question question) {
        problems.known(path + "score.priority", question.getScore().getPriority());
        List<Long> prior = question.getPriorMicros();
        int classes = question.getClasses().size();
        problems.check(
                prior.isEmpty() || prior.size() == classes,
                problems.micros(path + "prior"),
                prior.size() + " entries",
                "none, or " + classes + ", one for each class");
        for (int k = 0; k < prior.size(); k++) {
            problems.micros(path + "prior[" + k + "]", prior.get(k), MIN_PRIOR_MICROS, MAX_PRIOR_MICROS);
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
