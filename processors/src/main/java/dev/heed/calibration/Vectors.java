package dev.heed.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Vectors of whole numbers, between the lists that records hold and the arrays that arithmetic takes. */
public final class Vectors {
    private Vectors() {}

    public static long[] toArray(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    public static List<Long> toList(long[] values) {
        List<Long> list = new ArrayList<>(values.length);
        for (long value : values) {
            list.add(value);
        }
        return list;
    }

    /** A new vector, a + b. */
    public static long[] plus(long[] a, long[] b) {
        long[] sum = new long[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = Math.addExact(a[i], b[i]);
        }
        return sum;
    }

    public static boolean isZero(long[] values) {
        return Arrays.stream(values).allMatch(value -> value == 0);
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
