package dev.heed.whatif;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which journal record of which task led to each record that one stage sent to another. */
final class Causes {
    private final List<Map<Print, Deque<Cause>>> byReceiver = new ArrayList<>();

    /** A journal record that was decided. */
    record Cause(int task, long offset) {}

    Causes(int tasks) {
        for (int i = 0; i < tasks; i++) {
            byReceiver.add(new HashMap<>());
        }
    }

    void add(int receiver, Print print, Cause cause) {
        byReceiver
                .get(receiver)
                .computeIfAbsent(print, p -> new ArrayDeque<>(1))
                .add(cause);
    }

    /** The cause of the next such record in the receiver's journal; null for what came from outside. */
    @Nullable Cause next(int receiver, Print print) {
        Deque<Cause> causes = byReceiver.get(receiver).get(print);
        return causes == null ? null : causes.peek();
    }

    /** Says that the next such record's place is left behind. */
    void done(int receiver, Print print) {
        byReceiver.get(receiver).computeIfPresent(print, (p, causes) -> {
            causes.remove();
            return causes.isEmpty() ? null : causes;
        });
    }

    /** Whether a record with this cause is still to come in the receiver's journal. */
    boolean isToCome(int receiver, Print print, Cause cause) {
        Deque<Cause> causes = byReceiver.get(receiver).get(print);
        return causes != null && causes.contains(cause);
    }
}
