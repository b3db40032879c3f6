package dev.heed.intake.shape;

import dev.heed.event.FeedbackKind;
import dev.heed.policy.Question;
import dev.heed.policy.RatingScale;

/** The shape of the numbers that may be given to a question that is answered by one. */
final class RatingShape {
    private final Question question;
    private final Problems problems;

    RatingShape(Question question, Problems problems) {
        this.question = question;
        this.problems = problems;
    }

    void check(String path) {
        RatingScale scale = question.getRating();
        boolean rates = question.getKind() == FeedbackKind.RATING;
        problems.check(
                (scale != null) == rates,
                path,
                scale == null ? "none" : "a scale",
                rates ? "a scale, as it is a RATING" : "none, as it is a " + question.getKind());
        if (scale == null) {
            return;
        }
        long lowest = scale.getLowestMicros();
        long highest = scale.getHighestMicros();
        long step = scale.getStepMicros();
        problems.micros(path + ".lowest", lowest, -Limits.RATING_MICROS, Limits.RATING_MICROS);
        problems.micros(path + ".highest", highest, -Limits.RATING_MICROS, Limits.RATING_MICROS);
        problems.micros(path + ".step", step, 1, Limits.RATING_MICROS);
        if (step < 1 || highest < lowest || (highest - lowest) % step != 0) {
            problems.add(
                    path,
                    problems.micros(lowest) + " to " + problems.micros(highest),
                    "whole steps of " + problems.micros(step) + " upwards");
            return;
        }
        problems.between(
                path, (highest - lowest) / step + 1, question.getClasses().size(), Limits.RATING_NUMBERS);
    }
}
