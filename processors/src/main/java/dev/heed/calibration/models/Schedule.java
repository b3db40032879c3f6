package dev.heed.calibration.models;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.State;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ModelsCompared;
import dev.heed.fact.ModelsPublished;
import dev.heed.fact.RaterRef;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterModels;
import dev.heed.state.ModelsCursor;
import dev.heed.state.RaterTouched;
import dev.heed.state.Timer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When a question's models are next compared, and what was last published of them. */
final class Schedule {
    private static final long NOT_DUE = 0;

    private Schedule() {}

    static void moved(State state, FactHeader header, String questionId) {
        ModelsCursor cursor = state.get(ModelKeys.cursor(questionId), ModelsCursor.class);
        if (cursor != null && cursor.getDueMs() != NOT_DUE) {
            return;
        }
        long earliest = cursor == null ? 0 : cursor.getComparedAtMs() + ModelsFeature.COMPARE_INTERVAL_MS;
        // At least 1: before the first tick the time is 0, which stands for not due.
        long dueMs = Math.max(1, Math.max(earliest, header.getTimeMs()));
        put(state, questionId, cursor, cursor == null ? 0 : cursor.getComparedAtMs(), dueMs);
    }

    static void compared(State state, FactHeader header, ModelsCompared fact) {
        String questionId = fact.getQuestionId();
        for (RaterRef rater : fact.getCompared()) {
            state.delete(CalibrationKeys.touched(questionId, rater.getKind(), rater.getRaterId()));
        }
        ModelsCursor cursor = Objects.requireNonNull(state.get(ModelKeys.cursor(questionId), ModelsCursor.class));
        state.delete(ModelKeys.timer(cursor.getDueMs(), questionId));
        boolean moreToDo = !state.withPrefix(CalibrationKeys.touched(questionId), RaterTouched.class, 1)
                .isEmpty();
        long dueMs = moreToDo ? header.getTimeMs() + ModelsFeature.COMPARE_INTERVAL_MS : NOT_DUE;
        put(state, questionId, cursor, header.getTimeMs(), dueMs);
    }

    static void published(State state, ModelsPublished fact) {
        RaterModels models = fact.getModels();
        String key = ModelKeys.cursor(models.getQuestionId());
        ModelsCursor cursor = Objects.requireNonNull(state.get(key, ModelsCursor.class));
        state.put(key, new ModelsCursor(cursor.getDueMs(), cursor.getComparedAtMs(), models));
        for (RaterModel model : fact.getChanged()) {
            state.put(ModelKeys.published(model.getQuestionId(), model.getKind(), model.getRaterId()), model);
        }
    }

    private static void put(
            State state, String questionId, @Nullable ModelsCursor before, long comparedAtMs, long dueMs) {
        RaterModels published = before == null ? null : before.getPublished();
        state.put(ModelKeys.cursor(questionId), new ModelsCursor(dueMs, comparedAtMs, published));
        if (dueMs != NOT_DUE) {
            state.put(ModelKeys.timer(dueMs, questionId), new Timer(dueMs, "models", questionId));
        }
    }
}
