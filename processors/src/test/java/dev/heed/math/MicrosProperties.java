package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class MicrosProperties {
    @Property
    void simplexSumsToOneAndMovesNoShareByAWholeMicro(
            @ForAll @Size(min = 1, max = 20) double @DoubleRange(min = 0, max = 50) [] logs) {
        double[] q = Belief.softmax(logs);
        long[] micros = Micros.simplex(q);
        assertThat(Arrays.stream(micros).sum()).isEqualTo(Micros.ONE);
        for (int i = 0; i < q.length; i++) {
            assertThat((double) micros[i]).isBetween(q[i] * Micros.ONE - 1.001, q[i] * Micros.ONE + 1.001);
        }
    }

    @Property
    void microsSurviveTheWayThroughADouble(
            @ForAll @LongRange(min = -1_000_000_000_000_000L, max = 1_000_000_000_000_000L) long micros) {
        assertThat(Micros.of(Micros.toDouble(micros))).isEqualTo(micros);
    }
}
