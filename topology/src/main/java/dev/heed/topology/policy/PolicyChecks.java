package dev.heed.topology.policy;

import dev.heed.event.Dataset;
import dev.heed.event.FeedbackKind;
import dev.heed.policy.DetectorBinding;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import dev.heed.policy.SliceSeverity;
import dev.heed.policy.StageLevel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold in a policy beyond the types of its fields. */
public final class PolicyChecks {
    private static final long ONE = 1_000_000;
    private static final int MICRO_DIGITS = 6;
    private static final int MAX_CLASSES = 64;
    private static final int MAX_LOOK_AHEAD = 5;
    /** Agreement counts units of up to this many labels. */
    private static final int MAX_RATERS = 64;

    private static final Set<String> STAGES = Set.of("items", "queues", "calibration", "gates", "subjects");

    private final List<String> problems = new ArrayList<>();

    private PolicyChecks() {}

    /** Every problem: path, value found, what was expected. */
    public static List<String> problems(Policy policy) {
        PolicyChecks checks = new PolicyChecks();
        checks.policy(policy);
        return List.copyOf(checks.problems);
    }

    private void policy(Policy policy) {
        atLeast("policy_version", policy.getPolicyVersion(), 1);
        share("exploration", policy.getExplorationMicros());
        share("holdout", policy.getHoldoutMicros());
        atLeast("novelty_half_life", policy.getNoveltyHalfLifeMs(), 1);
        between("max_parked", policy.getMaxParked(), 1, 1_000);
        atLeast("park", policy.getParkMs(), 1);
        atLeastMicros("model_tolerance", policy.getModelToleranceMicros(), 1);
        atLeastMicros("max_rater_matrix_weight", policy.getMaxRaterMatrixWeightMicros(), ONE);
        distinct("pools", policy.getPools().stream().map(Pool::getPool).toList());
        distinct(
                "questions",
                policy.getQuestions().stream().map(Question::getQuestionId).toList());
        Map<String, Question> questions = new HashMap<>();
        for (int i = 0; i < policy.getQuestions().size(); i++) {
            question("questions[" + i + "].", policy.getQuestions().get(i), policy);
            questions.put(
                    policy.getQuestions().get(i).getQuestionId(),
                    policy.getQuestions().get(i));
        }
        for (int i = 0; i < policy.getPools().size(); i++) {
            pool("pools[" + i + "].", policy.getPools().get(i));
        }
        levels(policy.getEscalationLevels());
        for (int i = 0; i < policy.getDetectors().size(); i++) {
            detector("detectors[" + i + "].", policy.getDetectors().get(i), questions);
        }
        for (int i = 0; i < policy.getSeverities().size(); i++) {
            SliceSeverity severity = policy.getSeverities().get(i);
            atLeastMicros("severities[" + i + "].severity", severity.getSeverityMicros(), 0);
        }
        for (int i = 0; i < policy.getDecisionLevels().size(); i++) {
            StageLevel level = policy.getDecisionLevels().get(i);
            check(
                    "decision_levels[" + i + "].stage",
                    level.getStage(),
                    STAGES.contains(level.getStage()),
                    "one of " + STAGES.stream().sorted().toList());
            atLeast("decision_levels[" + i + "].level", level.getLevel(), 1);
        }
    }

    private void question(String path, Question question, Policy policy) {
        int classes = question.getClasses().size();
        check(path + "classes", classes + " classes", classes >= 2 && classes <= MAX_CLASSES, "2 to " + MAX_CLASSES);
        distinct(path + "classes", question.getClasses());
        check(
                path + "kind",
                question.getKind(),
                question.getKind() == FeedbackKind.LABEL || question.getKind() == FeedbackKind.PREFERENCE,
                "label or preference");
        if (question.getKind() == FeedbackKind.PREFERENCE) {
            check(path + "candidates", question.getCandidates(), question.getCandidates() >= 2, "at least 2");
        }
        between(path + "candidates", question.getCandidates(), 1, 8);
        check(path + "loss", "no actions", !question.getLoss().isEmpty(), "at least one action");
        distinct(
                path + "loss",
                question.getLoss().stream().map(LossRow::getAction).toList());
        for (LossRow row : question.getLoss()) {
            String of = path + "loss." + row.getAction();
            check(
                    of,
                    row.getLossesMicros().size() + " losses",
                    row.getLossesMicros().size() == classes,
                    "one per class");
            row.getLossesMicros().forEach(loss -> atLeastMicros(of, loss, 0));
        }
        atLeastMicros(path + "label_cost", question.getLabelCostMicros(), 0);
        between(path + "max_raters", question.getMaxRaters(), 1, MAX_RATERS);
        between(path + "min_raters", question.getMinRaters(), 1, question.getMaxRaters());
        between(path + "look_ahead", question.getLookAhead(), 1, MAX_LOOK_AHEAD);
        check(
                path + "pool",
                question.getPool(),
                policy.getPools().stream().anyMatch(pool -> pool.getPool().equals(question.getPool())),
                "the name of a pool");
        for (int i = 0; i < question.getRows().size(); i++) {
            row(path + "rows[" + i + "].", question.getRows().get(i), question);
        }
    }

    private void row(String path, RowRule rule, Question question) {
        share(path + "min_belief", rule.getMinBeliefMicros());
        check(
                path + "dataset",
                "critique",
                rule.getDataset() != Dataset.CRITIQUE,
                "preference, sft, binary or guardrail");
        for (String name : rule.getClasses()) {
            check(path + "classes", name, question.getClasses().contains(name), "one of " + question.getClasses());
        }
    }

    private void pool(String path, Pool pool) {
        atLeast(path + "budget_per_hour", pool.getBudgetPerHour(), 1);
        atLeast(path + "bucket_capacity", pool.getBucketCapacity(), 1);
        share(path + "exploration_share", pool.getExplorationShareMicros());
        atLeast(path + "horizon", pool.getHorizonMs(), 1);
        atLeastMicros(path + "min_price", pool.getMinPriceMicros(), 0);
        betweenMicros(path + "price_smoothing", pool.getPriceSmoothingMicros(), 1, ONE);
        betweenMicros(path + "max_price_step", pool.getMaxPriceStepMicros(), 1, 100 * ONE);
        between(path + "queue_capacity", pool.getQueueCapacity(), 1, 1_000_000);
        atLeast(path + "lease", pool.getLeaseMs(), 1);
        atLeast(path + "retry_after", pool.getRetryAfterMs(), 0);
        atLeast(path + "request_ttl", pool.getRequestTtlMs(), 1);
    }

    private void levels(List<EscalationLevel> levels) {
        distinct(
                "escalation_levels",
                levels.stream().map(EscalationLevel::getName).toList());
        long below = 0;
        for (int i = 0; i < levels.size(); i++) {
            long threshold = levels.get(i).getRiskThresholdMicros();
            atLeast("escalation_levels[" + i + "].ack_timeout", levels.get(i).getAckTimeoutMs(), 0);
            check(
                    "escalation_levels[" + i + "].risk_threshold",
                    decimal(threshold),
                    threshold > below,
                    "above the level before");
            below = threshold;
        }
    }

    private void detector(String path, DetectorBinding binding, Map<String, Question> questions) {
        share(path + "threshold", binding.getThresholdMicros());
        Question question = questions.get(binding.getQuestionId());
        check(path + "question_id", binding.getQuestionId(), question != null, "the name of a question");
        if (question != null) {
            for (String name : List.of(binding.getPositiveClass(), binding.getNegativeClass())) {
                check(path + "class", name, question.getClasses().contains(name), "one of " + question.getClasses());
            }
        }
    }

    private void distinct(String path, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            check(path, name.isBlank() ? "an empty name" : name, !name.isBlank(), "a name");
            check(path, name + " twice", seen.add(name), "distinct names");
        }
    }

    private void share(String path, long micros) {
        betweenMicros(path, micros, 0, ONE);
    }

    private void atLeastMicros(String path, long micros, long least) {
        check(path, decimal(micros), micros >= least, "at least " + decimal(least));
    }

    private void betweenMicros(String path, long micros, long least, long most) {
        check(path, decimal(micros), micros >= least && micros <= most, decimal(least) + " to " + decimal(most));
    }

    /** A number as the file writes it. */
    private static String decimal(long micros) {
        BigDecimal number = BigDecimal.valueOf(micros, MICRO_DIGITS);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private void atLeast(String path, long value, long least) {
        check(path, value, value >= least, "at least " + least);
    }

    private void between(String path, long value, long least, long most) {
        check(path, value, value >= least && value <= most, least + " to " + most);
    }

    private void check(String path, Object found, boolean holds, String expected) {
        if (!holds) {
            problems.add(path + ": " + found + " (expected: " + expected + ")");
        }
    }
}
