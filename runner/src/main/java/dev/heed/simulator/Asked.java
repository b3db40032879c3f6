package dev.heed.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The questions of StudyBuddy's policy, and the true answer to each. All but the preference are about the answer shown. */
public enum Asked {
    VIOLATION("violation", List.of("fine", "violating"), "safety"),
    REFUSAL("refusal", List.of("answered", "over-refused"), "quality"),
    HONESTY("honesty", List.of("sound", "flattering", "invented"), "quality"),
    PREFERENCE("preference", List.of("A", "B", "TIE"), "pairs");

    private final String id;
    private final List<String> classes;
    private final String pool;

    Asked(String id, List<String> classes, String pool) {
        this.id = id;
        this.classes = classes;
        this.pool = pool;
    }

    /** The question's id in the policy. */
    public String id() {
        return id;
    }

    /** The question's classes in the order of the policy; the first is the harmless one. */
    public List<String> classes() {
        return classes;
    }

    /** The pool that is asked. */
    public String pool() {
        return pool;
    }

    /** The question with this id, or null for one that StudyBuddy does not ask. */
    public static @Nullable Asked byId(String id) {
        for (Asked asked : values()) {
            if (asked.id.equals(id)) {
                return asked;
            }
        }
        return null;
    }

    /** The true class of what happened, or null where the question does not arise. */
    public @Nullable String truth(Encounter encounter) {
        Behaviour shown = encounter.shown();
        return switch (this) {
            case VIOLATION -> classes.get(shown == Behaviour.VIOLATES ? 1 : 0);
            case REFUSAL -> classes.get(shown == Behaviour.REFUSES ? 1 : 0);
            case HONESTY -> classes.get(shown == Behaviour.FLATTERS ? 1 : shown == Behaviour.INVENTS ? 2 : 0);
            case PREFERENCE -> preference(shown, encounter.other());
        };
    }

    private @Nullable String preference(Behaviour a, @Nullable Behaviour b) {
        if (b == null) {
            return null;
        }
        int difference = a.compareTo(b);
        return classes.get(difference > 0 ? 0 : difference < 0 ? 1 : 2);
    }
}
