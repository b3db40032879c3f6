package dev.heed.core;

import dev.heed.policy.Policy;
import org.jspecify.annotations.Nullable;

/** A version names one policy for ever: the same again is a repeat, and another under its number is refused. */
public final class PolicyVersions {
    /** Reason code of a refusal. */
    public static final String TAKEN = "policy_version_taken";

    private PolicyVersions() {}

    /** Whether the version of a policy is that of the one known, which says the same. */
    public static boolean isRepeat(Policy offered, @Nullable Policy known) {
        return known != null && isSameVersion(offered, known) && saysTheSame(offered, known);
    }

    /** Whether the version of a policy is that of the one known, which says something else. */
    public static boolean isTaken(Policy offered, @Nullable Policy known) {
        return known != null && isSameVersion(offered, known) && !saysTheSame(offered, known);
    }

    /** What was found and what was expected. */
    public static String reason(Policy offered) {
        return "policy_version: " + offered.getPolicyVersion()
                + " is that of another policy, which stays as it was published (expected: a version of its own, above "
                + offered.getPolicyVersion() + ")";
    }

    private static boolean isSameVersion(Policy offered, Policy known) {
        return offered.getPolicyVersion() == known.getPolicyVersion();
    }

    /** Whoever publishes a file twice does so by another event, at another time. */
    private static boolean saysTheSame(Policy offered, Policy known) {
        return Policy.newBuilder(offered)
                .setEventId(known.getEventId())
                .setOccurredAtMs(known.getOccurredAtMs())
                .build()
                .equals(known);
    }
}
