package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldbackNoticesTest {
    private final HoldbackNotices notices = new HoldbackNotices();
    private final List<String> said = new ArrayList<>();
    private long nanos;

    @Test
    void onAndOffIsOneEpisodeWithABeginningAndAnEnd() {
        after(Duration.ofMillis(100), 0, false);
        assertThat(said).isEmpty();
        for (int look = 0; look < 100; look++) {
            after(Duration.ofMillis(100), look, look % 3 == 0);
        }
        assertThat(said)
                .containsExactly("interactions, signals, feedback and evaluations are held back: 9 records are unread"
                        + " behind intake (expected: at most 5)");
        assertThat(notices.isOpen()).isTrue();
        after(HoldbackNotices.QUIET, 100, false);
        after(HoldbackNotices.QUIET, 100, false);
        assertThat(notices.isOpen()).isFalse();
        assertThat(said).hasSize(2).last().asString().startsWith("nothing is held back any more: 9 records");
    }

    @Test
    void stagesThatDoNotGetOnAreNamedAgainAndAgain() {
        for (int look = 0; look <= 250; look++) {
            after(Duration.ofMillis(100), 7, true);
        }
        assertThat(said).hasSize(3);
        assertThat(said.get(1))
                .startsWith("the stages read nothing for 10 s")
                .endsWith("9 records are unread behind intake, most of them in the journal");
        after(Duration.ofSeconds(1), 8, true);
        after(HoldbackNotices.STANDSTILL.minusMillis(1), 8, true);
        assertThat(said).as("they got on").hasSize(3);
    }

    private void after(Duration time, long read, boolean held) {
        nanos += time.toNanos();
        notices.at(new Backlog(nanos, read, 9), held, 5, () -> "the journal").ifPresent(said::add);
    }
}
