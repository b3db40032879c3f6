package dev.heed.calibration;

import dev.heed.math.Micros;
import dev.heed.math.TiltedRaters;
import dev.heed.policy.Calibration;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;

/** What the policy says of the calibration of one question. */
public final class CalibrationPolicy {
    private static final Calibration DEFAULTS = Calibration.newBuilder().build();

    private CalibrationPolicy() {}

    /** The question's own, or every default of the schema, also for a question that has left the policy. */
    public static Calibration of(Policy policy, String questionId) {
        for (Question question : policy.getQuestions()) {
            if (question.getQuestionId().equals(questionId)) {
                return of(question);
            }
        }
        return DEFAULTS;
    }

    /** The question's own, or every default of the schema. */
    public static Calibration of(Question question) {
        Calibration own = question.getCalibration();
        return own == null ? DEFAULTS : own;
    }

    static TiltedRaters.Strengths strengths(Calibration calibration) {
        return new TiltedRaters.Strengths(
                Micros.toDouble(calibration.getPriorAccuracyMicros()),
                Micros.toDouble(calibration.getPriorItemsMicros()),
                Micros.toDouble(calibration.getAccuracyLabelsMicros()),
                Micros.toDouble(calibration.getRowLabelsMicros()));
    }
}
