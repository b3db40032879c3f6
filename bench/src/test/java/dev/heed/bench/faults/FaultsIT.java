package dev.heed.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills; {@code heed bench faults} does many. */
class FaultsIT {
    @Test
    void everyPromiseIsKeptThroughKills(@TempDir Path data) throws InterruptedException {
        FaultReport report = new FaultRun(data, 5, 20, line -> {}).run(4);

        assertThat(report.breaches()).isEmpty();
        assertThat(report.kills()).isEqualTo(4);
        assertThat(report.inputs().accepted()).isPositive();
        assertThat(report.rows()).isPositive();
        assertThat(report.replay().json().path("facts_decided_again").asLong()).isPositive();
    }
}
