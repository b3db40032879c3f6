package dev.heed.queues;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.state.QueueValueCount;
import java.util.List;

/**
 * How many hand-outs are due at which value, in a pool's value lane: a histogram with sixteen buckets for each doubling
 * of the value, exact in its counts, so that the value at any rank is known to a sixteenth without a walk over the queue.
 */
public final class ValueHistogram {
    private static final int BITS = 4;
    private static final int PER_DOUBLING = 1 << BITS;
    /** Buckets that all values of a long fall into, which bounds the work of {@link #valueAt}. */
    static final int BUCKETS = (63 - BITS + 1) * PER_DOUBLING;

    private ValueHistogram() {}

    /** Adds hand-outs at a value, or takes them away. */
    static void add(State state, String pool, long valueMicros, int labels) {
        if (labels == 0) {
            return;
        }
        String key = QueueKeys.valueCount(pool, bucketOf(valueMicros));
        QueueValueCount count = state.get(key, QueueValueCount.class);
        long sum = (count == null ? 0 : count.getLabels()) + labels;
        if (sum < 0) {
            throw new IllegalStateException("labels due at " + valueMicros + " micros in " + pool + ": " + sum
                    + " (expected: as many taken away as were added)");
        }
        if (sum == 0) {
            state.delete(key);
        } else {
            state.put(key, new QueueValueCount(sum));
        }
    }

    /**
     * The value of the label at a rank, interpolated within its bucket.
     *
     * @param rank from 1, the most valuable
     * @return micros of loss; 0 when fewer labels are due
     */
    public static long valueAt(StateReader state, String pool, long rank) {
        long before = 0;
        List<StateReader.Entry<QueueValueCount>> counts =
                state.withPrefix(QueueKeys.valueCounts(pool), QueueValueCount.class, BUCKETS);
        for (StateReader.Entry<QueueValueCount> count : counts) {
            long labels = count.value().getLabels();
            if (before + labels >= rank) {
                return interpolated(bucketAt(count.key()), rank - before, labels);
            }
            before += labels;
        }
        return 0;
    }

    private static long interpolated(int bucket, long rankWithin, long labels) {
        long lowest = lowest(bucket);
        long width = lowest(bucket + 1) - lowest;
        long above = labels - rankWithin;
        // The product may be too large for a long; the quotient never is.
        return lowest + width / labels * above + width % labels * above / labels;
    }

    /** The bucket of a value of 0 or more. */
    static int bucketOf(long value) {
        if (value < PER_DOUBLING) {
            return (int) value;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(value);
        return (exponent - BITS + 1) * PER_DOUBLING + (int) (value >>> (exponent - BITS)) - PER_DOUBLING;
    }

    /** The lowest value of a bucket. */
    static long lowest(int bucket) {
        if (bucket < PER_DOUBLING) {
            return bucket;
        }
        int shift = bucket / PER_DOUBLING - 1;
        return (long) (PER_DOUBLING + bucket % PER_DOUBLING) << shift;
    }

    private static int bucketAt(String key) {
        return (int) (Long.MAX_VALUE - Long.parseLong(Keys.lastPart(key), 16));
    }
}
