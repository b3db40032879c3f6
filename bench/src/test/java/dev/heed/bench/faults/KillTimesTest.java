package dev.heed.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moments of kills, by seed and number. */
class KillTimesTest {
    @Test
    void theSameSeedKillsAtTheSameMomentsAndAnotherAtOthers() {
        assertThat(kills(1)).isEqualTo(kills(1)).isNotEqualTo(kills(2));
    }

    @Test
    void theyAreSpreadOverStartsAndWork() {
        List<KillTimes.Kill> kills = kills(7);

        assertThat(kills.stream().filter(KillTimes.Kill::working).count()).isBetween(60L, 140L);
        for (boolean working : List.of(true, false)) {
            int longest = working ? KillTimes.WORKING_MS : KillTimes.STARTING_MS;
            List<Long> after = kills.stream()
                    .filter(kill -> kill.working() == working)
                    .map(KillTimes.Kill::afterMs)
                    .sorted()
                    .toList();
            assertThat(after.get(0)).isPositive().isLessThan(longest / 10);
            assertThat(after.get(after.size() / 2)).isBetween(longest / 4L, 3L * longest / 4);
            assertThat(after.get(after.size() - 1)).isBetween(9L * longest / 10, longest + 2L);
        }
    }

    private static List<KillTimes.Kill> kills(long seed) {
        List<KillTimes.Kill> kills = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            kills.add(KillTimes.of(seed, number));
        }
        return kills;
    }
}
