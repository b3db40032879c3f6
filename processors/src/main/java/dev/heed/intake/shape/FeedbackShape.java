package dev.heed.intake.shape;

import dev.heed.event.Feedback;
import org.jspecify.annotations.Nullable;

/** The shape of feedback: each kind brings its own sort of answer, unless earlier feedback is only taken back. */
final class FeedbackShape implements Shape<Feedback> {
    /** A rating in micros of the question's scale, either way. */
    private static final long RATING_MICROS = 1_000_000 * Limits.ONE_MICROS;

    @Override
    public Head head(Feedback event) {
        return Head.of(event.getEventId(), "interaction_id", event.getInteractionId(), event.getOccurredAtMs());
    }

    @Override
    public void check(Feedback event, Problems problems) {
        problems.id("event_id", event.getEventId());
        problems.id("interaction_id", event.getInteractionId());
        problems.id("question_id", event.getQuestionId());
        problems.id("rater_id", event.getRaterId());
        problems.known("rater_kind", event.getRaterKind());
        if (event.getTaskId() != null) {
            problems.taskId("task_id", event.getTaskId());
        }
        problems.known("kind", event.getKind());
        problems.optionalId("class_name", event.getClassName());
        if (event.getRanking() != null) {
            problems.distinctIds("ranking", event.getRanking(), 2, Limits.CANDIDATES);
        }
        if (event.getRatingMicros() != null) {
            problems.between("rating_micros", event.getRatingMicros(), -RATING_MICROS, RATING_MICROS);
        }
        if (event.getText() != null) {
            problems.text("text", event.getText(), Limits.TEXT);
        }
        problems.optionalId("rubric_version", event.getRubricVersion());
        if (event.getDurationMs() != null) {
            problems.between("duration_ms", event.getDurationMs(), 0, Limits.DURATION_MS);
        }
        problems.optionalId("shown_first", event.getShownFirst());
        problems.optionalId("revises", event.getRevises());
        answer(event, problems);
    }

    private static void answer(Feedback event, Problems problems) {
        if (event.getWithdrawn()) {
            problems.check(event.getRevises() != null, "revises", "none", "the feedback taken back");
            return;
        }
        switch (event.getKind()) {
            case LABEL, PREFERENCE -> needed("class_name", event.getClassName(), event, problems);
            case RANKING -> needed("ranking", event.getRanking(), event, problems);
            case RATING -> needed("rating_micros", event.getRatingMicros(), event, problems);
            case EDIT, DEMONSTRATION, CRITIQUE -> needed("text", event.getText(), event, problems);
            case UNKNOWN -> {}
        }
    }

    private static void needed(String path, @Nullable Object answer, Feedback event, Problems problems) {
        problems.check(answer != null, path, "none", "the answer of a " + event.getKind());
    }
}
