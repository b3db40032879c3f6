package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HoldbackTest {
    private static final long LEAST = 100;

    private final Holdback holdback = new Holdback(Duration.ofMillis(500), LEAST);
    private long nanos;
    private long read;

    @Test
    void littleIsNeverHeldBack() {
        assertThat(after(100, 0, LEAST)).isFalse();
        assertThat(after(100, 0, LEAST)).as("however slow the stages are").isFalse();
    }

    @Test
    void heldBackUntilHalfIsWorkedOff() {
        assertThat(after(100, 0, 101)).isTrue();
        assertThat(after(100, 10, 100)).as("that would do to begin with").isTrue();
        assertThat(after(100, 49, 51)).isTrue();
        assertThat(after(100, 1, 50)).isFalse();
        assertThat(after(100, 0, 100)).as("no sooner again than at first").isFalse();
        assertThat(after(100, 0, 101)).isTrue();
    }

    @Test
    void fastStagesMayHaveMoreToRead() {
        after(100, 0, 5_000);
        assertThat(after(100, 400, 4_600))
                .as("4,000 a second, so 2,000 in half a second")
                .isTrue();
        assertThat(holdback.most()).isEqualTo(2_000);
        assertThat(after(100, 400, 1_000)).isFalse();
        assertThat(after(100, 400, 2_000)).isFalse();
        assertThat(after(100, 400, 2_001)).isTrue();
    }

    @Test
    void whatIsReadWhileThereIsLittleSaysNothingOfTheSpeed() {
        for (int look = 0; look < 50; look++) {
            assertThat(after(100, 1, 10)).isFalse();
        }
        after(100, 0, 5_000);
        after(100, 400, 5_000);
        assertThat(after(100, 400, 900)).isFalse();
        for (int look = 0; look < 50; look++) {
            after(100, 1, 10);
        }
        assertThat(holdback.most()).as("as fast as they were").isEqualTo(2_000);
    }

    @Test
    void slowerStagesMaySoonHaveLess() {
        after(100, 0, 5_000);
        after(100, 400, 5_000);
        for (int look = 0; look < 30; look++) {
            assertThat(after(100, 40, 5_000)).isTrue();
        }
        assertThat(holdback.most()).isBetween(200L, 203L);
    }

    @Test
    void stagesThatStandStillHaveWhatIsLeastAndNothingIsDividedByIt() {
        after(100, 0, 5_000);
        for (int look = 0; look < 100; look++) {
            assertThat(after(100, 0, 5_000)).isTrue();
        }
        assertThat(holdback.most()).isEqualTo(LEAST);
        assertThat(after(0, 0, 5_000)).as("twice at the same moment").isTrue();
        assertThat(after(100, 4_990, 10)).isFalse();
    }

    /** A look so much later, when so much more was read and so much was unread. */
    private boolean after(long ms, long readSince, long unread) {
        nanos += ms * 1_000_000;
        read += readSince;
        return holdback.at(new Backlog(nanos, read, unread));
    }
}
