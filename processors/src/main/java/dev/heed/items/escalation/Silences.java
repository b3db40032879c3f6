package dev.heed.items.escalation;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Silence;
import dev.heed.event.Unsilence;
import dev.heed.fact.FactHeader;
import dev.heed.fact.SilenceEnded;
import dev.heed.fact.SilenceStarted;
import dev.heed.items.Timers;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.Tick;
import dev.heed.out.SilenceState;
import dev.heed.state.HeldSilence;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** People mute matching incidents for a while. Every partition keeps every silence. */
public final class Silences implements Feature {
    private static final String EXPIRED = "expired";
    private static final String UNSILENCED = "unsilenced";
    /** A silence that was ended early and whose time is over now. */
    private static final String FORGOTTEN = "forgotten";

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            expire(step);
        } else if (step.event() instanceof ActionAccepted action) {
            if (action.getSilence() != null) {
                start(step, action, action.getSilence());
            } else if (action.getUnsilence() != null) {
                end(step, action, action.getUnsilence());
            }
        }
    }

    private static void expire(Step step) {
        for (String[] target : Timers.due(step.state(), SilenceStore.OVER, step.nowMs(), SilenceStore.MAX_SILENCES)) {
            HeldSilence held = Objects.requireNonNull(SilenceStore.find(step.state(), target[0]));
            step.emit(new SilenceEnded(held.getSilence(), held.getEnded() ? FORGOTTEN : EXPIRED, null, ""));
        }
    }

    private static void start(Step step, ActionAccepted action, Silence silence) {
        HeldSilence held = SilenceStore.find(step.state(), silence.getSilenceId());
        long longestMs = step.policy().getEscalation().getMaxSilenceMs();
        if (held != null && held.getEventIds().contains(action.getEventId())) {
            step.ignoreDuplicate();
        } else if (held != null) {
            step.refuse(
                    "silence_exists",
                    "silence_id: " + silence.getSilenceId() + " is taken (expected: a new one; silences are not"
                            + " changed, only ended)");
        } else if (silence.getUntilMs() <= step.nowMs() || silence.getUntilMs() - step.nowMs() > longestMs) {
            step.refuse(
                    "silence_until",
                    "until_ms: " + silence.getUntilMs() + " is " + (silence.getUntilMs() - step.nowMs())
                            + " ms from now (expected: more than 0 and at most " + longestMs
                            + ", max_silence of the policy)");
        } else if (SilenceStore.all(step.state()).size() >= SilenceStore.MAX_SILENCES) {
            step.refuse(
                    "silences_full",
                    SilenceStore.MAX_SILENCES + " silences are held (expected: fewer, until some are over)");
        } else {
            step.emit(new SilenceStarted(silence, action.getActor(), action.getEventId()));
        }
    }

    private static void end(Step step, ActionAccepted action, Unsilence unsilence) {
        HeldSilence held = SilenceStore.find(step.state(), unsilence.getSilenceId());
        if (held == null) {
            step.refuse(
                    "silence_unknown",
                    "silence_id: " + unsilence.getSilenceId() + " is not known (expected: one whose time is not over)");
        } else if (held.getEventIds().contains(action.getEventId())) {
            step.ignoreDuplicate();
        } else if (held.getEnded()) {
            step.refuse(
                    "silence_ended",
                    "silence_id: " + unsilence.getSilenceId() + " was ended before (expected: an active one)");
        } else {
            step.emit(new SilenceEnded(held.getSilence(), UNSILENCED, action.getActor(), action.getEventId()));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof SilenceStarted started) {
            SilenceStore.start(state, new HeldSilence(started.getSilence(), List.of(started.getEventId()), false));
        } else if (fact instanceof SilenceEnded ended) {
            String id = ended.getSilence().getSilenceId();
            HeldSilence held = Objects.requireNonNull(SilenceStore.find(state, id));
            if (ended.getCause().equals(UNSILENCED)) {
                SilenceStore.endEarly(state, held, ended.getEventId());
            } else {
                SilenceStore.forget(state, held);
            }
            if (!ended.getCause().equals(FORGOTTEN)) {
                Mutes.lift(state, Mutes.ofSilence(id));
            }
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof SilenceStarted started) {
            publish(new SilenceState(started.getSilence(), "active", started.getActor(), header.getTimeMs()), out);
        } else if (fact instanceof SilenceEnded ended && !ended.getCause().equals(FORGOTTEN)) {
            publish(new SilenceState(ended.getSilence(), ended.getCause(), ended.getActor(), header.getTimeMs()), out);
        }
    }

    /** All partitions publish the same, under one key. */
    private static void publish(SilenceState silence, Outbox out) {
        out.send(Channel.SILENCES, silence.getSilence().getSilenceId(), silence);
    }
}
