package dev.heed.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final Set<Channel> KEPT_COMPACT =
            Set.of(Channel.CONTENTS, Channel.CONTENT_KEYS, Channel.PSEUDONYM_KEYS);

    @Test
    void anIdlePartitionIsWrittenToOnceAPeriod() {
        IntakeTrial trial = new IntakeTrial(new MemoryState());
        long startMs = Samples.NOW_MS;

        assertThat(beats(trial, startMs)).isEqualTo(3);
        assertThat(beats(trial, startMs + IntakeTrial.HEARTBEAT_MS - 1)).isZero();
        assertThat(beats(trial, startMs + IntakeTrial.HEARTBEAT_MS)).isEqualTo(3);
    }

    private static long beats(IntakeTrial trial, long nowMs) {
        return trial.intake.tick(trial.state, nowMs).stream()
                .filter(each -> KEPT_COMPACT.contains(each.channel()))
                .filter(HeartbeatsTest::isDeletionInOwnPartition)
                .count();
    }

    private static boolean isDeletionInOwnPartition(Outgoing beat) {
        return beat.value() == null && beat.destination() == Destination.OWN_PARTITION;
    }
}
