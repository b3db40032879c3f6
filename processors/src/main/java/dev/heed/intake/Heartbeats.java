package dev.heed.intake;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.materializer.Materializer;
import dev.heed.state.Heartbeat;
import java.util.List;

/**
 * Writes to its own partition of the topics of text and of keys now and then, whether there is text or not. What is erased goes when
 * its segment is compacted, and the newest segment of an idle partition is never.
 */
final class Heartbeats {
    private static final String STATE_KEY = "heartbeat";

    private final long periodMs;

    /** @param periodMs from one to the next, in milliseconds, from 1 */
    Heartbeats(long periodMs) {
        this.periodMs = periodMs;
    }

    /** Those that are due. Each is a deletion of what never was, so no reader need know of it. */
    List<Outgoing> at(State state, long nowMs) {
        Heartbeat last = state.get(STATE_KEY, Heartbeat.class);
        if (last != null && nowMs - last.getBeatAtMs() < periodMs) {
            return List.of();
        }
        state.put(STATE_KEY, new Heartbeat(nowMs));
        return List.of(beat(Channel.CONTENT_KEYS), beat(Channel.PSEUDONYM_KEYS), beat(Channel.CONTENTS));
    }

    private static Outgoing beat(Channel channel) {
        return new Outgoing(channel, Materializer.HEARTBEAT, null, Destination.OWN_PARTITION);
    }
}
