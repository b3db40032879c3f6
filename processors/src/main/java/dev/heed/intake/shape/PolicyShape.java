package dev.heed.intake.shape;

import dev.heed.core.Levels;
import dev.heed.policy.AudienceFactor;
import dev.heed.policy.DetectorBinding;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.SliceSeverity;
import dev.heed.policy.StageLevel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The shape of a policy, down to what its parts say of each other: a policy that a stage cannot act on would stop every
 * partition of it.
 */
public final class PolicyShape implements Shape<Policy> {
    /** The key under which policies are to be published. */
    public static final String KEY = "policy";

    private final Map<String, Levels> levels;

    /** @param levels the decision levels that this code can do, by stage */
    public PolicyShape(Map<String, Levels> levels) {
        this.levels = new TreeMap<>(levels);
    }

    /** All policies under one key go through one task, which gives every partition the same order of them. */
    @Override
    public Head head(Policy event) {
        List<String> keys = List.of(KEY, String.valueOf(event.getPolicyVersion()));
        return new Head(event.getEventId(), "policy_version", keys, false, event.getOccurredAtMs());
    }

    @Override
    public void check(Policy policy, Problems problems) {
        problems.id("event_id", policy.getEventId());
        problems.between("policy_version", policy.getPolicyVersion(), 1, Integer.MAX_VALUE);
        problems.id("name", policy.getName());
        if (tooMany(policy, problems)) {
            return; // what follows compares lists with each other
        }
        levels(policy.getDecisionLevels(), problems);
        new PoolShape(problems).check(policy.getPools());
        new QuestionShape(policy, problems).check();
        new EscalationShape(problems).check(policy.getEscalationLevels(), policy.getEscalation());
        detectors(policy, problems);
        severities(policy.getSeverities(), problems);
        audiences(policy.getAudiences(), problems);
        new TrustShape(problems).check(policy);
        new DatasetShape(policy, problems).check();
        numbers(policy, problems);
    }

    private static boolean tooMany(Policy policy, Problems problems) {
        Map<String, Integer> sizes = new TreeMap<>(Map.of(
                "questions", policy.getQuestions().size(),
                "pools", policy.getPools().size(),
                "escalation_levels", policy.getEscalationLevels().size(),
                "detectors", policy.getDetectors().size(),
                "severities", policy.getSeverities().size(),
                "audiences", policy.getAudiences().size(),
                "datasets", policy.getDatasets().size(),
                "decision_levels", policy.getDecisionLevels().size()));
        sizes.values().removeIf(size -> size <= Limits.POLICY_ENTRIES);
        sizes.forEach((path, size) -> problems.count(path, size, 0, Limits.POLICY_ENTRIES));
        return !sizes.isEmpty();
    }

    private void levels(List<StageLevel> asked, Problems problems) {
        List<String> named = asked.stream().map(StageLevel::getStage).toList();
        problems.distinctIds("decision_levels.stage", named, 0, levels.size());
        for (int i = 0; i < asked.size(); i++) {
            String path = "decision_levels[" + i + "].";
            Levels can = levels.get(named.get(i));
            if (can == null) {
                problems.add(path + "stage", named.get(i), "one of " + String.join(", ", levels.keySet()));
            } else {
                problems.between(path + "level", asked.get(i).getLevel(), can.lowest(), can.highest());
            }
        }
        levels.forEach((stage, can) -> problems.check(
                named.contains(stage) || can.lowest() <= Levels.UNNAMED,
                "decision_levels",
                "none for " + stage + ", which is " + Levels.UNNAMED,
                can.toString()));
    }

    private static void detectors(Policy policy, Problems problems) {
        List<DetectorBinding> detectors = policy.getDetectors();
        for (int i = 0; i < detectors.size(); i++) {
            DetectorBinding each = detectors.get(i);
            String path = "detectors[" + i + "].";
            problems.id(path + "detector_id", each.getDetectorId());
            problems.micros(path + "threshold", each.getThresholdMicros(), 0, Limits.ONE_MICROS);
            boolean first = detectors.subList(0, i).stream()
                    .noneMatch(other -> other.getDetectorId().equals(each.getDetectorId())
                            && other.getQuestionId().equals(each.getQuestionId()));
            problems.check(first, path + "detector_id", each.getDetectorId(), "one binding per detector and question");
            List<String> classes = policy.getQuestions().stream()
                    .filter(question -> question.getQuestionId().equals(each.getQuestionId()))
                    .findFirst()
                    .map(Question::getClasses)
                    .orElse(null);
            if (classes == null) {
                problems.add(path + "question_id", each.getQuestionId(), "a question of this policy");
            } else {
                String expected = "one of " + String.join(", ", classes);
                problems.check(
                        classes.contains(each.getPositiveClass()),
                        path + "positive_class",
                        each.getPositiveClass(),
                        expected);
                problems.check(
                        classes.contains(each.getNegativeClass()),
                        path + "negative_class",
                        each.getNegativeClass(),
                        expected);
            }
        }
    }

    private static void severities(List<SliceSeverity> severities, Problems problems) {
        problems.distinctIds(
                "severities.slice",
                severities.stream().map(SliceSeverity::getSlice).toList(),
                0,
                Limits.POLICY_ENTRIES);
        for (int i = 0; i < severities.size(); i++) {
            problems.micros(
                    "severities[" + i + "].severity", severities.get(i).getSeverityMicros(), 0, Limits.SEVERITY_MICROS);
        }
    }

    private static void audiences(List<AudienceFactor> audiences, Problems problems) {
        problems.distinctIds(
                "audiences.slice",
                audiences.stream().map(AudienceFactor::getSlice).toList(),
                0,
                Limits.POLICY_ENTRIES);
        for (int i = 0; i < audiences.size(); i++) {
            problems.micros(
                    "audiences[" + i + "].factor", audiences.get(i).getFactorMicros(), 0, Limits.SEVERITY_MICROS);
        }
    }

    private static void numbers(Policy policy, Problems problems) {
        problems.micros("exploration", policy.getExplorationMicros(), 0, Limits.ONE_MICROS);
        problems.duration("novelty_half_life", policy.getNoveltyHalfLifeMs(), 1);
        problems.micros("max_exposure", policy.getMaxExposureMicros(), 1, Limits.EXPOSURE_MICROS);
        problems.micros("holdout", policy.getHoldoutMicros(), 0, Limits.ONE_MICROS);
        problems.between("max_parked", policy.getMaxParked(), 1, 1_000);
        problems.duration("park", policy.getParkMs(), 1);
        problems.micros(
                "max_exposure_factor",
                policy.getMaxExposureFactorMicros(),
                Limits.ONE_MICROS,
                1_000 * Limits.ONE_MICROS);
        problems.micros("model_tolerance", policy.getModelToleranceMicros(), 1, Limits.ONE_MICROS);
        problems.micros(
                "max_rater_matrix_weight",
                policy.getMaxRaterMatrixWeightMicros(),
                Limits.ONE_MICROS,
                1_000_000 * Limits.ONE_MICROS);
    }
}
