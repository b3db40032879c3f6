package dev.heed.core;

import dev.heed.event.RaterStatus;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;

/** How a rater stands on a question before anything is known of them. */
public final class FirstStatus {
    private FirstStatus() {}

    /** ONBOARDING where the policy asks golds of a new rater, else ACTIVE. */
    public static RaterStatus of(Policy policy, Question question) {
        RaterTrust trust = question.getRaterTrust() == null ? policy.getRaterTrust() : question.getRaterTrust();
        return trust != null && trust.getOnboardingGolds() > 0 ? RaterStatus.ONBOARDING : RaterStatus.ACTIVE;
    }
}
