package dev.heed.intake.shape;

import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The shape of what a question is watched for. */
final class PressureShape {
    private static final long MAX_ALPHA_MICROS = 500_000;
    private static final long LEAST_CONSENSUS_MICROS = 500_000;
    private static final int MAX_BASELINE = 1_000_000;
    private static final int MIN_BASELINE = 20;
    private static final int MAX_SUBJECTS = 64;
    private static final long MAX_FACTOR_MICROS = 100 * Limits.ONE_MICROS;

    private static final Set<DriftKind> NEED_LIMIT =
            EnumSet.of(DriftKind.RATER_DRIFT, DriftKind.RUBRIC_DRIFT, DriftKind.POLICY_AMBIGUITY);
    private static final Set<DriftKind> NEED_CLASSES =
            EnumSet.of(DriftKind.REFUSAL_SHORTCUT, DriftKind.PROXY_REWARD, DriftKind.TEMPLATE_OVERFIT);
    private static final Set<DriftKind> NEED_DIMENSIONS =
            EnumSet.of(DriftKind.TEMPLATE_OVERFIT, DriftKind.POLICY_AMBIGUITY);
    private static final Set<Dimension> TELL_ITEMS_APART =
            EnumSet.of(Dimension.SLICE, Dimension.LANGUAGE, Dimension.TEMPLATE, Dimension.MODEL, Dimension.CLASS);

    private final Question question;
    private final Problems problems;

    PressureShape(Question question, Problems problems) {
        this.question = question;
        this.problems = problems;
    }

    void check(String questionPath) {
        List<PressureRule> rules = question.getPressures();
        problems.distinctIds(
                questionPath + "pressures.kind",
                rules.stream().map(rule -> rule.getKind().name()).toList(),
                0,
                DriftKind.values().length);
        for (int i = 0; i < rules.size(); i++) {
            String path = questionPath + "pressures[" + i + "].";
            test(path, rules.get(i));
            watched(path, rules.get(i));
            alarm(path, rules.get(i));
        }
    }

    private void test(String path, PressureRule rule) {
        problems.known(path + "kind", rule.getKind());
        problems.micros(path + "alpha", rule.getAlphaMicros(), 1, MAX_ALPHA_MICROS);
        long least = NEED_LIMIT.contains(rule.getKind()) ? 1 : 0;
        problems.micros(path + "limit", rule.getLimitMicros(), least, Limits.ONE_MICROS - 1);
        problems.micros(path + "margin", rule.getMarginMicros(), 0, Limits.ONE_MICROS - 1);
        problems.between(path + "baseline_observations", rule.getBaselineObservations(), MIN_BASELINE, MAX_BASELINE);
        problems.micros(path + "baseline_error", rule.getBaselineErrorMicros(), 1, MAX_ALPHA_MICROS);
        long consensus = rule.getMinConsensusMicros();
        problems.check(
                consensus == 0 || (consensus >= LEAST_CONSENSUS_MICROS && consensus <= Limits.ONE_MICROS),
                problems.micros(path + "min_consensus"),
                problems.micros(consensus),
                "0, or " + problems.micros(LEAST_CONSENSUS_MICROS) + " to " + problems.micros(Limits.ONE_MICROS));
        problems.micros(path + "max_weight", rule.getMaxWeightMicros(), Limits.ONE_MICROS, 1_000 * Limits.ONE_MICROS);
    }

    private void watched(String path, PressureRule rule) {
        List<String> classes = rule.getClasses();
        problems.check(
                !classes.isEmpty() || !NEED_CLASSES.contains(rule.getKind()),
                path + "classes",
                "none",
                "some, as " + rule.getKind() + " counts them");
        for (int k = 0; k < classes.size(); k++) {
            problems.check(
                    question.getClasses().contains(classes.get(k)),
                    path + "classes[" + k + "]",
                    classes.get(k),
                    "one of " + String.join(", ", question.getClasses()));
        }
        problems.distinctIds(path + "slices", rule.getSlices(), 0, Limits.SLICES);
        problems.check(
                NEED_DIMENSIONS.contains(rule.getKind()) != rule.getDimensions().isEmpty(),
                path + "dimensions",
                rule.getDimensions(),
                NEED_DIMENSIONS.contains(rule.getKind()) ? "some of " + TELL_ITEMS_APART : "none");
        for (Dimension each : rule.getDimensions()) {
            problems.check(TELL_ITEMS_APART.contains(each), path + "dimensions", each, "some of " + TELL_ITEMS_APART);
        }
        boolean needsDetector = rule.getKind() == DriftKind.PROXY_REWARD;
        problems.check(
                needsDetector == !rule.getDetectorId().isEmpty(),
                path + "detector_id",
                rule.getDetectorId().isEmpty() ? "none" : rule.getDetectorId(),
                needsDetector ? "the detector whose score is the reward" : "none");
        problems.idOrEmpty(path + "detector_id", rule.getDetectorId());
        problems.between(path + "max_subjects", rule.getMaxSubjects(), 1, MAX_SUBJECTS);
    }

    private void alarm(String path, PressureRule rule) {
        problems.micros(path + "exposure_factor", rule.getExposureFactorMicros(), Limits.ONE_MICROS, MAX_FACTOR_MICROS);
        problems.duration(path + "expiry", rule.getExpiryMs(), 1);
    }
}
