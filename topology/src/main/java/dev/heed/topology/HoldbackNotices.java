package dev.heed.topology;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of holding back. Under load it goes on and off several times a second, so all of that is one episode, which ends when
 * there has been none for a while. Not thread-safe.
 */
final class HoldbackNotices {
    /** An episode ends when nothing was held back for so long. */
    static final Duration QUIET = Duration.ofSeconds(5);
    /** It is told again and again that the stages do not get on, so often. */
    static final Duration STANDSTILL = Duration.ofSeconds(10);

    private boolean open;
    private long lastHeldNanos;
    private @Nullable Backlog moved;

    /**
     * The notice that is due, if one is.
     *
     * @param held whether the bulk is held back from now on
     * @param most records that may be unread
     * @param longest names where most is unread
     */
    Optional<String> at(Backlog now, boolean held, long most, Supplier<String> longest) {
        if (!held) {
            moved = null;
            if (!open || now.nanos() - lastHeldNanos < QUIET.toNanos()) {
                return Optional.empty();
            }
            open = false;
            return Optional.of("nothing is held back any more: " + now.unread() + " records are unread behind intake");
        }
        lastHeldNanos = now.nanos();
        if (!open) {
            open = true;
            moved = now;
            return Optional.of("interactions, signals, feedback and evaluations are held back: " + now.unread()
                    + " records are unread behind intake (expected: at most " + most + ")");
        }
        if (moved == null || now.read() != moved.read()) {
            moved = now;
        } else if (now.nanos() - moved.nanos() >= STANDSTILL.toNanos()) {
            moved = now;
            return Optional.of("the stages read nothing for " + STANDSTILL.toSeconds()
                    + " s, and until they do interactions, signals, feedback and evaluations are held back: "
                    + now.unread()
                    + " records are unread behind intake, most of them in " + longest.get());
        }
        return Optional.empty();
    }

    /** Whether there was something held back a moment ago. */
    boolean isOpen() {
        return open;
    }
}
