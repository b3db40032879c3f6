package dev.heed.core;

import dev.heed.policy.Question;
import org.jspecify.annotations.Nullable;

/** Which labels of a question may be pooled: those given under its rubric, or under one the policy calls comparable. */
public final class Rubrics {
    private Rubrics() {}

    /**
     * Whether labels given under a version may stand beside those given under the rubric in force.
     *
     * @param question null when the policy has it no longer; then nothing says that a rubric was superseded
     * @param version empty for who reads none
     */
    public static boolean comparable(@Nullable Question question, String version) {
        return question == null
                || version.isEmpty()
                || version.equals(question.getRubricVersion())
                || question.getComparableRubrics().contains(version);
    }
}
