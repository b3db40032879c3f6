package dev.heed.intake.shape;

import dev.heed.event.Signal;
import org.jspecify.annotations.Nullable;

/** The shape of a signal. */
final class SignalShape implements Shape<Signal> {
    @Override
    public @Nullable Head head(Signal event) {
        boolean aboutItem = event.getInteractionId() != null;
        String key = aboutItem ? event.getInteractionId() : event.getSlice();
        return key == null
                ? null
                : Head.of(event.getEventId(), aboutItem ? "interaction_id" : "slice", key, event.getOccurredAtMs());
    }

    @Override
    public void check(Signal event, Problems problems) {
        problems.id("event_id", event.getEventId());
        problems.optionalId("interaction_id", event.getInteractionId());
        problems.optionalId("slice", event.getSlice());
        exactlyOne("interaction_id and slice", event.getInteractionId(), event.getSlice(), problems);
        problems.known("kind", event.getKind());
        problems.id("detector_id", event.getDetectorId());
        problems.optionalId("question_id", event.getQuestionId());
        problems.optionalId("class_name", event.getClassName());
        if (event.getScoreMicros() != null) {
            problems.between("score_micros", event.getScoreMicros(), 0, Limits.ONE_MICROS);
        }
        if (event.getQuestionId() != null) {
            exactlyOne("class_name and score_micros", event.getClassName(), event.getScoreMicros(), problems);
        }
        problems.idOrEmpty("category", event.getCategory());
        if (event.getText() != null) {
            problems.text("text", event.getText(), Limits.TEXT);
        }
    }

    private static void exactlyOne(String path, @Nullable Object left, @Nullable Object right, Problems problems) {
        problems.check((left == null) != (right == null), path, left == null ? "neither" : "both", "exactly one");
    }
}
