package dev.heed.calibration;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Vectors of whole numbers, between the lists that records hold and the arrays that arithmetic takes. */
public final class Vectors {
    private Vectors() {}

    public static long[] toArray(List<Long> values) {
        if (values instanceof Longs longs) {
            return longs.values.clone();
        }
        long[] array = new long[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /** A list of the numbers, which are the list's from now on and not to be changed any more. */
    public static List<Long> toList(long[] values) {
        return new Longs(values);
    }

    /** A list that keeps its numbers unboxed: counts are read and written for every rater of an item with every label. */
    private static final class Longs extends AbstractList<Long> implements RandomAccess {
        private final long[] values;

        Longs(long[] values) {
            this.values = values;
        }

        @Override
        public Long get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** A new vector, a + b. */
    public static long[] plus(long[] a, long[] b) {
        long[] sum = a.clone();
        add(sum, b);
        return sum;
    }

    /** Adds to a vector in place. */
    public static void add(long[] sum, long[] added) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.addExact(sum[i], added[i]);
        }
    }

    public static boolean isZero(long[] values) {
        for (long value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** The largest difference of any place: how far two vectors of one length are apart. */
    public static long distance(List<Long> a, List<Long> b) {
        long largest = 0;
        for (int i = 0; i < a.size(); i++) {
            largest = Math.max(largest, Math.abs(a.get(i) - b.get(i)));
        }
        return largest;
    }
}
