package dev.heed.calibration;

import dev.heed.event.RaterKind;
import dev.heed.math.Belief;
import dev.heed.math.ClassPrior;
import dev.heed.math.Micros;
import dev.heed.math.RaterMatrix;
import dev.heed.math.TiltedRaters;
import dev.heed.policy.Calibration;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The class prior and the rater matrices that follow from counts: repaired online Dawid–Skene with shrinkage towards the
 * pooled matrix of the rater's kind: by {@link TiltedRaters}, or by the plain {@link RaterMatrix} if the policy says so.
 */
public final class Matrices {
    private final Counts counts;
    private final Calibration calibration;
    private final List<Long> pseudoItemsMicros;
    private final Map<RaterKind, double[][]> plain = new EnumMap<>(RaterKind.class);
    private final Map<RaterKind, TiltedRaters> tilted = new EnumMap<>(RaterKind.class);

    /** With a class prior that starts from one pseudo-item of each class. */
    public Matrices(Counts counts, Calibration calibration) {
        this(counts, calibration, List.of());
    }

    private Matrices(Counts counts, Calibration calibration, List<Long> pseudoItemsMicros) {
        this.counts = counts;
        this.calibration = calibration;
        this.pseudoItemsMicros = pseudoItemsMicros;
    }

    /** As the policy says of the question: its class prior stands before the items counted. */
    public static Matrices under(Policy policy, String questionId, Counts counts) {
        Question question = PressureRules.question(policy, questionId);
        return new Matrices(
                counts,
                CalibrationPolicy.of(policy, questionId),
                question == null ? List.of() : question.getPriorMicros());
    }

    /** π(k) of the items that people came to see, in the order of the classes. */
    public double[] classPrior() {
        return prior(counts.beliefSums());
    }

    /**
     * π(k) of all items: what stands before the labels of machines, whose matrices are those of all items too. Items are
     * seen for what machines say of them, so a prior of those that were seen would count that twice.
     */
    public double[] populationPrior() {
        return prior(counts.weightedSums());
    }

    private double[] prior(long[] sums) {
        return pseudoItemsMicros.size() == counts.classes()
                ? ClassPrior.of(sums, Vectors.toArray(pseudoItemsMicros))
                : ClassPrior.of(sums);
    }

    /** The matrix of a rater of this kind of whom nothing is known, [truth][said]. */
    public double[][] pooled(RaterKind kind) {
        return calibration.getPlain() ? plain(kind) : tilted(kind).rows();
    }

    /** The matrix of a rater, [truth][said]. */
    public double[][] of(RaterKind kind, String raterId) {
        long[] own = counts.of(kind, raterId);
        return calibration.getPlain()
                ? RaterMatrix.shrunk(plain(kind), own, RaterMatrix.STRENGTH)
                : tilted(kind).matrix(own);
    }

    /** P(the rater says the class with this number | truth is k) for each k: a column of the rater's matrix. */
    public double[] saying(RaterKind kind, String raterId, int said) {
        long[] own = counts.of(kind, raterId);
        return calibration.getPlain()
                ? RaterMatrix.shrunk(RaterMatrix.column(plain(kind), said), own, RaterMatrix.STRENGTH, said)
                : tilted(kind).saying(own, said);
    }

    private double[][] plain(RaterKind kind) {
        return plain.computeIfAbsent(kind, each -> RaterMatrix.pooled(counts.pooled(each), counts.classes()));
    }

    private TiltedRaters tilted(RaterKind kind) {
        return tilted.computeIfAbsent(
                kind,
                each -> new TiltedRaters(
                        counts.pooled(each),
                        counts.classes(),
                        (double) counts.labels(each) / Math.max(1, counts.items()),
                        CalibrationPolicy.strengths(calibration)));
    }

    /** How many classes the question has. */
    public int classes() {
        return counts.classes();
    }

    /**
     * How much better than chance a rater is: 0 for one who is right as often as a guess among K classes, 1 for one who
     * is always right; over all classes alike.
     */
    public double reliability(RaterKind kind, String raterId) {
        double[][] matrix = of(kind, raterId);
        double right = 0;
        for (int k = 0; k < matrix.length; k++) {
            right += matrix[k][k] / matrix.length;
        }
        double chance = 1.0 / matrix.length;
        return Math.max(0, (right - chance) / (1 - chance));
    }

    /** A matrix as micros, row by row; each row sums to exactly one million. */
    public static List<Long> micros(double[][] matrix) {
        List<Long> micros = new ArrayList<>(matrix.length * matrix.length);
        for (double[] row : matrix) {
            micros.addAll(micros(row));
        }
        return micros;
    }

    /**
     * A distribution as micros that sum to exactly one million. No share is 0: whoever takes its logarithm must not
     * find an impossible class where there is only a rare one.
     */
    public static List<Long> micros(double[] distribution) {
        long[] micros = Micros.simplex(distribution);
        for (int i = 0; i < micros.length; i++) {
            if (micros[i] == 0) {
                micros[Belief.argmax(micros)]--;
                micros[i] = 1;
            }
        }
        return Vectors.toList(micros);
    }
}
