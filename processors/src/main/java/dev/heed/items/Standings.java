package dev.heed.items;

import dev.heed.core.FirstStatus;
import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.RaterStatus;
import dev.heed.journal.RaterStanding;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import org.jspecify.annotations.Nullable;

/** How far raters are trusted, as calibration told it last. */
public final class Standings {
    private Standings() {}

    public static @Nullable RaterStanding find(StateReader state, RaterStanding other) {
        return state.get(key(other.getQuestionId(), other.getKind().name(), other.getRaterId()), RaterStanding.class);
    }

    /** Whether the person is suspended on the question: what they say holds no slot. */
    public static boolean isSuspended(StateReader state, String questionId, String raterId) {
        RaterStanding held = ofPerson(state, questionId, raterId);
        return held != null && held.getStatus() == RaterStatus.SUSPENDED;
    }

    /** How far the person is trusted on the question, or on the question about a proposal. */
    public static RaterStatus status(StateReader state, Policy policy, Question question, String raterId) {
        RaterStanding held = ofPerson(state, Keys.owner(question.getQuestionId()), raterId);
        return held == null ? FirstStatus.of(policy, question) : held.getStatus();
    }

    private static @Nullable RaterStanding ofPerson(StateReader state, String questionId, String raterId) {
        return state.get(key(questionId, "HUMAN", raterId), RaterStanding.class);
    }

    public static void install(State state, RaterStanding standing) {
        state.put(key(standing.getQuestionId(), standing.getKind().name(), standing.getRaterId()), standing);
    }

    private static String key(String questionId, String kind, String raterId) {
        return Keys.of("standing", questionId, kind, raterId);
    }
}
