package dev.heed.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.MemoryState;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ValueHistogramProperties {
    @Property(tries = 300)
    void everyValueLiesInItsBucket(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long value) {
        int bucket = ValueHistogram.bucketOf(value);
        assertThat(bucket).isBetween(0, ValueHistogram.BUCKETS - 1);
        assertThat(ValueHistogram.lowest(bucket)).isLessThanOrEqualTo(value);
        if (bucket < ValueHistogram.BUCKETS - 1) {
            assertThat(ValueHistogram.lowest(bucket + 1)).isGreaterThan(value);
        }
    }

    @Example
    void bucketsFollowOneAnotherWithoutGaps() {
        for (int bucket = 0; bucket < ValueHistogram.BUCKETS; bucket++) {
            assertThat(ValueHistogram.bucketOf(ValueHistogram.lowest(bucket))).isEqualTo(bucket);
        }
    }

    @Property(tries = 200)
    void theValueAtARankIsWithinASixteenthOfTheTrueOne(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 50_000_000) Long> values,
            @ForAll @IntRange(min = 1, max = 60) int rank) {
        MemoryState state = new MemoryState();
        values.forEach(value -> ValueHistogram.add(state, "pool", value, 1));
        List<Long> sorted = values.stream().sorted(Comparator.reverseOrder()).toList();
        long found = ValueHistogram.valueAt(state, "pool", rank);
        if (rank > values.size()) {
            assertThat(found).isZero();
        } else {
            long exact = sorted.get(rank - 1);
            assertThat(found).isBetween(exact - exact / 16 - 1, exact + exact / 16 + 1);
        }
        values.forEach(value -> ValueHistogram.add(state, "pool", value, -1));
        assertThat(state.entries()).isEmpty();
    }
}
