package dev.heed.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Quantiles by nearest rank. */
class DelaysTest {
    @Test
    void aQuantileIsADelayThatWasSeen() {
        Delays hundred = new Delays(
                DoubleStream.iterate(100, each -> each - 1).limit(100).boxed().toList());

        assertThat(hundred.quantile(0.5)).isEqualTo(50);
        assertThat(hundred.quantile(0.99)).isEqualTo(99);
        assertThat(hundred.quantile(1)).isEqualTo(100);
        assertThat(new Delays(List.of(7.0)).quantile(0.01)).isEqualTo(7);
        assertThat(new Delays(List.of()).quantile(0.5)).isZero();
    }

    @Test
    void whatNeverCameIsNotWithin() {
        assertThat(new Delays(List.of(1_999.0, 2_000.0, 2_001.0)).shareWithin(2_000, 4))
                .isEqualTo(0.5);
    }
}
