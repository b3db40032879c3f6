package dev.heed.items.escalation;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.items.Timers;
import dev.heed.policy.InhibitRule;
import dev.heed.state.HeldEscalation;
import dev.heed.state.HeldSilence;
import dev.heed.state.IncidentRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an incident from being told: a silence, or an open incident of a higher level that inhibits it. Nothing
 * mutes an incident at a critical level. A mute has a name, under which the incidents it mutes are indexed.
 */
final class Mutes {
    /** Timer of mutes that are gone and whose incidents are to be told. */
    static final String LIFTED = "mute-lifted";

    private static final String SILENCE = "silence:";
    private static final String INHIBIT = "inhibit:";
    private static final String INHIBITOR = "inhibitor";
    private static final String MUTED = "muted";

    private Mutes() {}

    /** The name of what mutes the incident at its level now, or null. */
    static @Nullable String by(StateReader state, HeldEscalation held, long nowMs) {
        if (held.getLevels().get(held.getLevelIndex()).getCritical()) {
            return null;
        }
        IncidentLabels labels = IncidentLabels.of(held);
        for (HeldSilence each : SilenceStore.all(state)) {
            if (SilenceStore.active(each, nowMs)
                    && labels.matches(each.getSilence().getMatchers())) {
                return ofSilence(each.getSilence().getSilenceId());
            }
        }
        for (InhibitRule rule : held.getRules().getInhibit()) {
            String mute = ofRule(held, rule, labels);
            if (labels.matches(rule.getTarget()) && highestInhibitor(state, mute) > held.getLevelIndex()) {
                return mute;
            }
        }
        return null;
    }

    static String ofSilence(String silenceId) {
        return SILENCE + silenceId;
    }

    /** The mutes of which the incident is a source. */
    static List<String> inhibited(HeldEscalation held) {
        IncidentLabels labels = IncidentLabels.of(held);
        List<String> mutes = new ArrayList<>();
        for (InhibitRule rule : held.getRules().getInhibit()) {
            if (labels.matches(rule.getSource())) {
                mutes.add(ofRule(held, rule, labels));
            }
        }
        return mutes;
    }

    private static String ofRule(HeldEscalation held, InhibitRule rule, IncidentLabels labels) {
        return INHIBIT + held.getPolicyVersion() + ":" + rule.getName() + ":" + labels.named(rule.getEqual());
    }

    static void addInhibitor(State state, String mute, IncidentRef source) {
        state.put(inhibitorKey(mute, source), source);
    }

    static void removeInhibitor(State state, String mute, IncidentRef source) {
        state.delete(inhibitorKey(mute, source));
    }

    /** Level of the highest incident that inhibits under this name, or {@link Levels#NONE}. */
    static int highestInhibitor(StateReader state, String mute) {
        List<StateReader.Entry<IncidentRef>> first =
                state.withPrefix(Keys.prefix(INHIBITOR, mute), IncidentRef.class, 1);
        return first.isEmpty() ? Levels.NONE : first.get(0).value().getLevelIndex();
    }

    static void addMuted(State state, String mute, IncidentRef muted) {
        state.put(mutedKey(mute, muted), muted);
    }

    static void removeMuted(State state, String mute, IncidentRef muted) {
        state.delete(mutedKey(mute, muted));
    }

    /** At most so many of the incidents that it mutes, those of the highest level first. */
    static List<IncidentRef> muted(StateReader state, String mute, int limit) {
        return state.withPrefix(Keys.prefix(MUTED, mute), IncidentRef.class, limit).stream()
                .map(StateReader.Entry::value)
                .toList();
    }

    /** Has the incidents told, from the next tick on, if it mutes any. */
    static void lift(State state, String mute) {
        if (!muted(state, mute, 1).isEmpty()) {
            Timers.set(state, LIFTED, 1, mute);
        }
    }

    static void lifted(State state, String mute) {
        Timers.clear(state, LIFTED, 1, mute);
    }

    private static String inhibitorKey(String mute, IncidentRef source) {
        return Keys.of(
                INHIBITOR,
                mute,
                Keys.descending(source.getLevelIndex()),
                source.getInteractionId(),
                source.getQuestionId());
    }

    private static String mutedKey(String mute, IncidentRef muted) {
        return Keys.of(
                MUTED, mute, Keys.descending(muted.getLevelIndex()), muted.getInteractionId(), muted.getQuestionId());
    }
}
