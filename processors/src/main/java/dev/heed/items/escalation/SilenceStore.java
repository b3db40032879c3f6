package dev.heed.items.escalation;

import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.items.Timers;
import dev.heed.state.HeldSilence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The silences, by id. */
final class SilenceStore {
    /** Most silences held, ended ones whose time is not over among them. */
    static final int MAX_SILENCES = 200;
    /** Timer of silences whose time is over. */
    static final String OVER = "silence-over";

    private static final String SILENCE = "silence";

    private SilenceStore() {}

    static @Nullable HeldSilence find(StateReader state, String silenceId) {
        return state.get(Keys.of(SILENCE, silenceId), HeldSilence.class);
    }

    static List<HeldSilence> all(StateReader state) {
        return state.withPrefix(Keys.prefix(SILENCE), HeldSilence.class, MAX_SILENCES).stream()
                .map(StateReader.Entry::value)
                .toList();
    }

    static boolean active(HeldSilence silence, long nowMs) {
        return !silence.getEnded() && nowMs < silence.getSilence().getUntilMs();
    }

    static void start(State state, HeldSilence started) {
        String id = started.getSilence().getSilenceId();
        state.put(Keys.of(SILENCE, id), started);
        Timers.set(state, OVER, started.getSilence().getUntilMs(), id);
    }

    static void endEarly(State state, HeldSilence silence, String eventId) {
        state.put(Keys.of(SILENCE, silence.getSilence().getSilenceId()), Records.with(silence, changed -> {
            changed.setEnded(true);
            changed.setEventIds(Records.plus(silence.getEventIds(), eventId));
        }));
    }

    static void forget(State state, HeldSilence silence) {
        String id = silence.getSilence().getSilenceId();
        state.delete(Keys.of(SILENCE, id));
        Timers.clear(state, OVER, silence.getSilence().getUntilMs(), id);
    }
}
