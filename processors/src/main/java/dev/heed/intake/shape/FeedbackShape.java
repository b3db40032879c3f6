package dev.heed.intake.shape;

import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of feedback: each kind brings its own sort of answer, unless earlier feedback is only taken back. */
final class FeedbackShape implements Shape<Feedback> {
    @Override
    public Head head(Feedback event) {
        return Head.of(event.getEventId(), "interaction_id", event.getInteractionId(), event.getOccurredAtMs());
    }

    @Override
    public void check(Feedback event, Problems problems) {
        problems.id("event_id", event.getEventId());
        problems.id("interaction_id", event.getInteractionId());
        problems.asked("question_id", event.getQuestionId());
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
            problems.between("rating_micros", event.getRatingMicros(), -Limits.RATING_MICROS, Limits.RATING_MICROS);
        }
        if (event.getText() != null) {
            problems.text("text", event.getText(), Limits.TEXT);
        }
        problems.optionalId("candidate_id", event.getCandidateId());
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
        if (event.getKind() != FeedbackKind.UNKNOWN) {
            answer("class_name", event.getClassName(), event, problems, FeedbackKind.LABEL, FeedbackKind.PREFERENCE);
            answer("ranking", event.getRanking(), event, problems, FeedbackKind.RANKING);
            answer("rating_micros", event.getRatingMicros(), event, problems, FeedbackKind.RATING);
            text(event, problems);
        }
    }

    /** Each kind has one sort of answer: it must be there, and no other. */
    private static void answer(
            String path, @Nullable Object answer, Feedback event, Problems problems, FeedbackKind... kinds) {
        if (List.of(kinds).contains(event.getKind())) {
            problems.check(answer != null, path, "none", "the answer of a " + event.getKind());
        } else {
            problems.check(answer == null, path, "given", "none, as the kind is " + event.getKind());
        }
    }

    /** Any feedback may come with a text; of some kinds it is the answer. */
    private static void text(Feedback event, Problems problems) {
        boolean isAnswer = event.getKind() == FeedbackKind.EDIT
                || event.getKind() == FeedbackKind.DEMONSTRATION
                || event.getKind() == FeedbackKind.CRITIQUE;
        String text = event.getText();
        problems.check(
                !isAnswer || (text != null && !text.isBlank()),
                "text",
                text == null ? "none" : text.length() + " characters",
                "the answer of a " + event.getKind());
    }
}
