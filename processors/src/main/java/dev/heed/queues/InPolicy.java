package dev.heed.queues;

import dev.heed.core.Keys;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
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

    /** The question of that id, or null; the same for each proposal that it is asked about. */
    public static @Nullable Question question(Policy policy, String questionId) {
        String name = Keys.owner(questionId);
        for (Question question : policy.getQuestions()) {
            if (question.getQuestionId().equals(name)) {
                return question;
            }
        }
        return null;
    }
}
