package dev.heed.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Changed copies of records and lists: what is in the state or in a fact is never changed in place. */
public final class Records {
    private Records() {}

    /**
     * A copy of the record with other values. It shares all other values with the original, so lists in it are to be
     * replaced, not changed.
     */
    public static <T extends SpecificRecord> T with(T record, Consumer<T> change) {
        @SuppressWarnings("unchecked")
        T copy = (T) SpecificData.newInstance(record.getClass(), record.getSchema());
        for (int i = 0; i < record.getSchema().getFields().size(); i++) {
            copy.put(i, record.get(i));
        }
        change.accept(copy);
        return copy;
    }

    /** The list with one more at its end. */
    public static <T> List<T> plus(List<T> list, T added) {
        List<T> copy = new ArrayList<>(list.size() + 1);
        copy.addAll(list);
        copy.add(added);
        return copy;
    }

    /** As {@link #plus}, less the oldest where there would be more than {@code limit}. */
    public static <T> List<T> plusBounded(List<T> list, T added, int limit) {
        List<T> copy = plus(list, added);
        return copy.size() <= limit ? copy : new ArrayList<>(copy.subList(copy.size() - limit, copy.size()));
    }

    /** The list with the first that matches replaced, or with one more at its end where none does. */
    public static <T> List<T> replacing(List<T> list, Predicate<T> same, T replacement) {
        List<T> copy = new ArrayList<>(list);
        for (int i = 0; i < copy.size(); i++) {
            if (same.test(copy.get(i))) {
                copy.set(i, replacement);
                return copy;
            }
        }
        copy.add(replacement);
        return copy;
    }

    /** The list without those that match. */
    public static <T> List<T> without(List<T> list, Predicate<T> unwanted) {
        List<T> copy = new ArrayList<>(list);
        copy.removeIf(unwanted);
        return copy;
    }
}
