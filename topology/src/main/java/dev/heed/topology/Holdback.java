package dev.heed.topology;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the bulk of the inputs is held back: once more is unread behind intake than the stages read in the time told, and until it
 * is less than half of that. Not thread-safe.
 */
final class Holdback {
    /** How much the newest measurement of the speed counts. */
    private static final double WEIGHT = 0.2;

    private final double aheadSeconds;
    private final long least;
    private double perSecond;
    private boolean held;
    private @Nullable Backlog last;

    /**
     * @param ahead how long the stages may have to work off what is unread
     * @param least so many records may be unread however slow the stages are
     */
    Holdback(Duration ahead, long least) {
        this.aheadSeconds = ahead.toNanos() / 1e9;
        this.least = least;
    }

    /** Whether to hold back from now on. */
    boolean at(Backlog now) {
        measure(now);
        last = now;
        held = now.unread() > (held ? most() / 2 : most());
        return held;
    }

    /** While the bulk is held back the stages have work all the time, so what they read is what they can. */
    private void measure(Backlog now) {
        if (last == null || !held || now.nanos() <= last.nanos()) {
            return;
        }
        double found = (now.read() - last.read()) * 1e9 / (now.nanos() - last.nanos());
        perSecond += (perSecond == 0 ? 1 : WEIGHT) * (found - perSecond);
    }

    /** So many records may be unread. */
    long most() {
        return Math.max(least, (long) (perSecond * aheadSeconds));
    }
}
