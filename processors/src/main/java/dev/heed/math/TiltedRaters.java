package dev.heed.math;

/**
 * Rater matrices in three steps of drawing what is less known towards what is better known: one accuracy of all, then
 * the rows of all, then the rows of one rater.
 *
 * <p>With w = {@link Strengths#priorItems} · K · labels per item, t = {@link Strengths#accuracyLabels} and s = {@link
 * Strengths#rowLabels} · K, from the pooled counts N and a rater's counts n:
 *
 * <pre>
 *   ā      = (w·K·a0 + trace N) / (w·K + Σ N)
 *   P[k,l] = (w·U[k,l] + N[k,l]) / (w + Σ_l N[k,l])      U: ā on the diagonal, (1−ā)/(K−1) off it
 *   a_r    = (t·ā + trace n) / (t + Σ n)
 *   T_r    = P with the odds of each diagonal times odds(a_r)/odds(ā), the rest of the row in proportion
 *   C_r    = (s·T_r[k,l] + n[k,l]) / (s + Σ_l n[k,l])
 * </pre>
 *
 * <p>The prior of P counts items and not labels, because the labels of one item share its truth: twenty labels of one
 * item whose belief is wrong are one mistake. The steps are those of partial pooling of annotators (Paun and others
 * 2018, "Comparing Bayesian Models of Annotation", after Carpenter 2008), with counts in place of samples.
 */
public final class TiltedRaters {
    /**
     * How much each step holds on to what it starts from; all above 0.
     *
     * @param priorAccuracy a0, below 1
     * @param priorItems items per class that a0 is worth
     * @param accuracyLabels labels that the common accuracy is worth
     * @param rowLabels labels per class that a tilted row is worth
     */
    public record Strengths(double priorAccuracy, double priorItems, double accuracyLabels, double rowLabels) {}

    private final Strengths strengths;
    private final int k;
    private final double accuracy;
    private final double[][] rows;

    /**
     * @param pooledCountsMicros N, of all raters of a kind
     * @param labelsPerItem how many labels an item has on average; less than one counts as one
     */
    public TiltedRaters(long[] pooledCountsMicros, int k, double labelsPerItem, Strengths strengths) {
        double weight = strengths.priorItems() * k * Math.max(1, labelsPerItem);
        this.strengths = strengths;
        this.k = k;
        this.accuracy = RaterMatrix.accuracy(pooledCountsMicros, k, strengths.priorAccuracy(), weight * k);
        this.rows = RaterMatrix.shrunk(RaterMatrix.oneCoin(accuracy, k), pooledCountsMicros, weight);
    }

    /** P: the matrix of a rater of whom nothing is known, [truth][said]. */
    public double[][] rows() {
        return rows;
    }

    /** C_r: the matrix of the rater with these counts, [truth][said]. */
    public double[][] matrix(long[] raterCountsMicros) {
        return RaterMatrix.shrunk(
                RaterMatrix.tilted(rows, accuracy, own(raterCountsMicros)),
                raterCountsMicros,
                strengths.rowLabels() * k);
    }

    /** One column of {@link #matrix}: P(the rater says it | truth is k) for each k. */
    public double[] saying(long[] raterCountsMicros, int said) {
        return RaterMatrix.shrunk(
                RaterMatrix.tilted(rows, accuracy, own(raterCountsMicros), said),
                raterCountsMicros,
                strengths.rowLabels() * k,
                said);
    }

    /** a_r: the rater's own accuracy. */
    private double own(long[] raterCountsMicros) {
        return RaterMatrix.accuracy(raterCountsMicros, k, accuracy, strengths.accuracyLabels());
    }
}
