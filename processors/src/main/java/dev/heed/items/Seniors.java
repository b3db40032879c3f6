package dev.heed.items;

import dev.heed.policy.Question;

/** Whom a question asks when max_raters labels have not settled an item. */
public final class Seniors {
    private Seniors() {}

    /** Whether the question names any. */
    public static boolean areNamed(Question question) {
        return !question.getSeniorSkill().isEmpty() || !question.getSeniorPool().isEmpty();
    }

    /** The pool that is asked: the question's own unless the seniors have one. */
    public static String pool(Question question) {
        return question.getSeniorPool().isEmpty() ? question.getPool() : question.getSeniorPool();
    }

    /** The skill that is needed: the question's own where the pool alone makes the senior. */
    public static String skill(Question question) {
        return question.getSeniorSkill().isEmpty() ? question.getSkill() : question.getSeniorSkill();
    }
}
