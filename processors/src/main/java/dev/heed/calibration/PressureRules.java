package dev.heed.calibration;

import dev.heed.event.DriftKind;
import dev.heed.policy.Policy;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import org.jspecify.annotations.Nullable;

/** What the policy has watched. */
public final class PressureRules {
    private PressureRules() {}

    /** The question, or null when the policy has none of that name. */
    public static @Nullable Question question(Policy policy, String questionId) {
        for (Question each : policy.getQuestions()) {
            if (each.getQuestionId().equals(questionId)) {
                return each;
            }
        }
        return null;
    }

    /** The rule of a kind, or null when the question is not watched for it. */
    public static @Nullable PressureRule find(@Nullable Question question, DriftKind kind) {
        if (question != null) {
            for (PressureRule each : question.getPressures()) {
                if (each.getKind() == kind) {
                    return each;
                }
            }
        }
        return null;
    }
}
