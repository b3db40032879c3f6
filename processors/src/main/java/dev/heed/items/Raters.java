package dev.heed.items;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.RaterProfile;
import org.jspecify.annotations.Nullable;

/** The profiles of raters, as far as they reached this partition. */
public final class Raters {
    private Raters() {}

    /** The rater's profile, or null when none has come. */
    public static @Nullable RaterProfile find(StateReader state, String raterId) {
        return state.get(key(raterId), RaterProfile.class);
    }

    /** Puts a profile into use. */
    public static void record(State state, RaterProfile profile) {
        state.put(key(profile.getRaterId()), profile);
    }

    private static String key(String raterId) {
        return Keys.of("rater", raterId);
    }
}
