package dev.heed.intake.shape;

import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of a policy's rules on how raters earn, lose and regain trust. */
final class TrustShape {
    private static final long MAX_GOLDS = 1_000;
    private static final long MAX_OUTCOMES = 1_000;
    private static final long MAX_STEPS = 500;
    /** No level is above this: a test that is wrong every other time tells nothing. */
    private static final long MAX_ALPHA_MICROS = Limits.ONE_MICROS / 2;

    private final Problems problems;

    TrustShape(Problems problems) {
        this.problems = problems;
    }

    void check(Policy policy) {
        check("rater_trust.", policy.getRaterTrust());
        List<Question> questions = policy.getQuestions();
        for (int i = 0; i < questions.size(); i++) {
            check("questions[" + i + "].rater_trust.", questions.get(i).getRaterTrust());
        }
    }

    private void check(String path, @Nullable RaterTrust trust) {
        if (trust == null) {
            return;
        }
        long almostOne = Limits.ONE_MICROS - 1;
        problems.micros(path + "required_accuracy", trust.getRequiredAccuracyMicros(), 1, almostOne);
        problems.micros(path + "alpha", trust.getAlphaMicros(), 1, MAX_ALPHA_MICROS);
        problems.between(path + "onboarding_golds", trust.getOnboardingGolds(), 0, MAX_GOLDS);
        problems.between(path + "probation_golds", trust.getProbationGolds(), 1, MAX_GOLDS);
        problems.micros(path + "entry_accuracy", trust.getEntryAccuracyMicros(), 0, Limits.ONE_MICROS);
        problems.duration(path + "suspension", trust.getSuspensionMs(), 0);
        // Whoever is let in by their latest golds must have them remembered.
        long entry = Math.max(trust.getOnboardingGolds(), trust.getProbationGolds());
        problems.between(path + "outcome_memory", trust.getOutcomeMemory(), Math.max(1, entry), MAX_OUTCOMES);
        problems.between(path + "set_aside_per_tick", trust.getSetAsidePerTick(), 1, MAX_STEPS);
        problems.micros(path + "position_alpha", trust.getPositionAlphaMicros(), 0, MAX_ALPHA_MICROS);
        problems.micros(path + "haste_alpha", trust.getHasteAlphaMicros(), 0, MAX_ALPHA_MICROS);
        problems.micros(path + "haste_quantile", trust.getHasteQuantileMicros(), 1, almostOne);
        problems.micros(path + "haste_fraction", trust.getHasteFractionMicros(), 1, Limits.ONE_MICROS);
        problems.micros(path + "haste_share", trust.getHasteShareMicros(), 1, almostOne);
        problems.between(path + "haste_min_answers", trust.getHasteMinAnswers(), 1, MAX_OUTCOMES);
    }
}
