package dev.heed.whatif;

import dev.heed.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The other policy, and the part of the record it is in force in.
 *
 * @param policy what is in force instead
 * @param fromMs stage time, milliseconds since the epoch, from which on it is; 0 for the whole record, in which it takes
 *     the place of every recorded policy under that one's version
 * @param toMs stage time at which the record is taken to end
 */
public record PolicyChange(Policy policy, long fromMs, long toMs) {
    /** The other policy for the whole record. */
    public static PolicyChange of(Policy policy) {
        return new PolicyChange(policy, 0, Long.MAX_VALUE);
    }

    /** What comes in the place of a recorded policy; null where it stays. */
    @Nullable Policy inPlaceOf(Policy recorded, long nowMs) {
        return nowMs < fromMs ? null : as(recorded);
    }

    /** The policy as one that follows the one in force; null where they say the same. */
    @Nullable Policy after(@Nullable Policy inForce) {
        if (inForce == null || as(inForce).equals(inForce)) {
            return null;
        }
        return Policy.newBuilder(policy)
                .setEventId("what-if")
                .setPolicyVersion(inForce.getPolicyVersion() + 1)
                .build();
    }

    /** The policy under another one's name and number. */
    private Policy as(Policy recorded) {
        return Policy.newBuilder(policy)
                .setEventId(recorded.getEventId())
                .setPolicyVersion(recorded.getPolicyVersion())
                .setOccurredAtMs(recorded.getOccurredAtMs())
                .build();
    }
}
