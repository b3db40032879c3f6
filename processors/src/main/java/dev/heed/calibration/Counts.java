package dev.heed.calibration;

import dev.heed.event.RaterKind;

/**
 * The sums over held labels that beliefs and rater models follow from, in micros. Each array is a new one, the caller's
 * to change.
 */
public interface Counts {
    /** The number of classes, K. */
    int classes();

    /** How many items count. */
    long items();

    /** For each class the sum of the beliefs of the items that count. */
    long[] beliefSums();

    /** As {@link #beliefSums()}, each item weighted by the inverse of the probability with which it came to be judged. */
    long[] weightedSums();

    /** How many labels of raters of a kind are counted. */
    long labels(RaterKind kind);

    /** n[k,l] of all raters of a kind together, row by row. */
    long[] pooled(RaterKind kind);

    /** n[k,l] of one rater, row by row. */
    long[] of(RaterKind kind, String raterId);
}
