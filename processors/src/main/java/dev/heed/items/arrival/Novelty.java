package dev.heed.items.arrival;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.math.Micros;
import dev.heed.state.NearCount;
import java.util.ArrayList;
import java.util.List;

/**
 * How new an item is: 1 / (1 + decayed count of near items). Items are near when they agree in one of the four 16-bit
 * bands of their similarity hash; so the table has at most 4 × 65536 entries.
 */
final class Novelty {
    private static final int BANDS = 4;
    private static final int BAND_BITS = 16;
    private static final int BAND_MASK = 0xffff;

    private Novelty() {}

    /** Decayed counts per band, in micros; none for the hash 0, which stands for no hash. */
    static List<Long> nearCounts(StateReader state, long simhash, long halfLifeMs, long nowMs) {
        List<Long> counts = new ArrayList<>();
        for (int band = 0; simhash != 0 && band < BANDS; band++) {
            NearCount near = state.get(key(simhash, band), NearCount.class);
            counts.add(near == null ? 0L : decayed(near, halfLifeMs, nowMs));
        }
        return counts;
    }

    /** Novelty in micros: by the band with the most near items; one without any. */
    static long micros(List<Long> nearCountsMicros) {
        long most = 0;
        for (long count : nearCountsMicros) {
            most = Math.max(most, count);
        }
        return Micros.of(1 / (1 + Micros.toDouble(most)));
    }

    /** Counts an item that found these counts. */
    static void count(State state, long simhash, List<Long> nearCountsMicros, long nowMs) {
        for (int band = 0; band < nearCountsMicros.size(); band++) {
            state.put(key(simhash, band), new NearCount(nearCountsMicros.get(band) + Micros.ONE, nowMs));
        }
    }

    private static long decayed(NearCount near, long halfLifeMs, long nowMs) {
        if (halfLifeMs <= 0) {
            return 0;
        }
        double halfLives = (double) (nowMs - near.getAtMs()) / halfLifeMs;
        return Micros.of(Micros.toDouble(near.getCountMicros()) * StrictMath.pow(0.5, halfLives));
    }

    private static String key(long simhash, int band) {
        long bits = (simhash >>> (band * BAND_BITS)) & BAND_MASK;
        return Keys.of("novelty", Integer.toString(band), Long.toHexString(bits));
    }
}
