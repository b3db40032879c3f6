package dev.heed.queues;

import dev.heed.event.RaterStatus;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import org.jspecify.annotations.Nullable;

/** Finds the parts of a policy by name. */
public final class InPolicy {
    private InPolicy() {}

    /** The pool of that name, or null. */
    public static @Nullable Pool pool(Policy policy, String name) {
        for (Pool pool : policy.getPools()) {
            if (pool.getPool().equals(name)) {
                return pool;
            }
        }
        return null;
    }

    /** How a rater stands on the question before anything is known of them. */
    public static RaterStatus firstStatus(Policy policy, Question question) {
        RaterTrust trust = question.getRaterTrust() == null ? policy.getRaterTrust() : question.getRaterTrust();
        return trust != null && trust.getOnboardingGolds() > 0 ? RaterStatus.ONBOARDING : RaterStatus.ACTIVE;
    }

    /** The question of that id, or null. */
    public static @Nullable Question question(Policy policy, String questionId) {
        for (Question question : policy.getQuestions()) {
            if (question.getQuestionId().equals(questionId)) {
                return question;
            }
        }
        return null;
    }
}
