package dev.heed.runner.evaluate;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Means over runs. */
final class Means {
    private Means() {}

    static <T> double of(Collection<T> runs, ToDoubleFunction<T> valueOf) {
        return runs.stream().mapToDouble(valueOf).average().orElse(0);
    }

    /** The mean, or null when any of the values is unknown. */
    static <T> @Nullable Double known(Collection<T> runs, Function<T, @Nullable Double> valueOf) {
        double sum = 0;
        for (T run : runs) {
            Double value = valueOf.apply(run);
            if (value == null) {
                return null;
            }
            sum += value;
        }
        return sum / runs.size();
    }

    static String text(@Nullable Double share) {
        return share == null ? "no gold" : String.format(Locale.ROOT, "%.6f", share);
    }
}
