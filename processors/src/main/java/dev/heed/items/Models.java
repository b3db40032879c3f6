package dev.heed.items;

import dev.heed.calibration.CalibrationPolicy;
import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterModels;
import dev.heed.math.Micros;
import dev.heed.math.RaterMatrix;
import dev.heed.policy.Question;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What calibration last published about the raters of one question. Before its first publication, and while it is about
 * other classes than the policy's, everybody is right as often as the policy expects of a rater of whom nothing is known,
 * and the class prior is the policy's, under which every class is as likely as another unless it says otherwise.
 *
 * @param bundle the publication, or null
 * @param classes how many classes the question has
 * @param priorAccuracy how often a rater of whom nothing is known is right
 * @param pseudoItemsMicros the policy's class prior for the cold start; empty for one each
 */
public record Models(@Nullable RaterModels bundle, int classes, double priorAccuracy, List<Long> pseudoItemsMicros) {
    // A share of 0 would make a class impossible for ever; one that rounds to 0 micros is rare, not impossible.
    private static final long LEAST_MICROS = 1;

    /** The models of a question. */
    public static Models of(StateReader state, Question question) {
        RaterModels published = installed(state, Keys.owner(question.getQuestionId()));
        boolean fits = published != null && published.getClasses().equals(question.getClasses());
        return new Models(
                fits ? published : null,
                question.getClasses().size(),
                Micros.toDouble(CalibrationPolicy.of(question).getPriorAccuracyMicros()),
                question.getPriorMicros());
    }

    /** The publication in use, or null. */
    public static @Nullable RaterModels installed(StateReader state, String questionId) {
        return state.get(key(questionId), RaterModels.class);
    }

    /** Puts a publication into use. */
    public static void install(State state, RaterModels models) {
        state.put(key(models.getQuestionId()), models);
    }

    /** Version of the publication; 0 for none. */
    public long version() {
        return bundle == null ? 0 : bundle.getVersion();
    }

    /** π(k). */
    public double[] prior() {
        if (bundle == null && pseudoItemsMicros.size() == classes) {
            return row(pseudoItemsMicros, 0, classes);
        } else if (bundle == null) {
            double[] uniform = new double[classes];
            Arrays.fill(uniform, 1.0 / classes);
            return uniform;
        }
        return row(bundle.getClassPriorMicros(), 0, classes);
    }

    /** The matrix of a typical person. */
    public double[][] human() {
        return bundle == null ? unknown() : matrix(bundle.getHumanMatrixMicros(), classes);
    }

    /** The matrix of a detector or judge: its own, or that of a typical one. */
    public double[][] detector(String raterId) {
        if (bundle == null) {
            return unknown();
        }
        for (RaterModel model : bundle.getRaters()) {
            if (model.getRaterId().equals(raterId)) {
                return matrix(model.getMatrixMicros(), classes);
            }
        }
        return matrix(bundle.getDetectorMatrixMicros(), classes);
    }

    /** A matrix from micros, row by row; each row is scaled to sum to 1. */
    public static double[][] matrix(List<Long> micros, int classes) {
        if (micros.size() != classes * classes) {
            throw new IllegalArgumentException(
                    micros.size() + " entries (expected: a matrix of " + classes + " × " + classes + ")");
        }
        double[][] matrix = new double[classes][];
        for (int truth = 0; truth < classes; truth++) {
            matrix[truth] = row(micros, truth * classes, classes);
        }
        return matrix;
    }

    private static double[] row(List<Long> micros, int from, int size) {
        double[] row = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            row[i] = Math.max(LEAST_MICROS, micros.get(from + i));
            sum += row[i];
        }
        for (int i = 0; i < size; i++) {
            row[i] /= sum;
        }
        return row;
    }

    private double[][] unknown() {
        return RaterMatrix.oneCoin(priorAccuracy, classes);
    }

    private static String key(String questionId) {
        return Keys.of("models", questionId);
    }
}
