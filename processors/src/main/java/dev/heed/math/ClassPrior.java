package dev.heed.math;

import java.util.Arrays;

/** How often each class is the truth, before anybody says anything about an item: π(k). */
public final class ClassPrior {
    private ClassPrior() {}

    /** π(k) ∝ 1 + Σ over items of q(k). */
    public static double[] of(long[] qSumsMicros) {
        long[] one = new long[qSumsMicros.length];
        Arrays.fill(one, Micros.ONE);
        return of(qSumsMicros, one);
    }

    /**
     * π(k) ∝ a(k) + Σ over items of q(k).
     *
     * @param pseudoItemsMicros a: how often each class was seen before the first item, in micros, above 0
     */
    public static double[] of(long[] qSumsMicros, long[] pseudoItemsMicros) {
        double[] prior = new double[qSumsMicros.length];
        for (int k = 0; k < prior.length; k++) {
            prior[k] =
                    Micros.toDouble(pseudoItemsMicros[k]) + Micros.toDouble(RaterMatrix.requireCount(qSumsMicros[k]));
        }
        RaterMatrix.scale(prior, 1 / RaterMatrix.sum(prior));
        return prior;
    }
}
