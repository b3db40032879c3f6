package dev.heed.items.escalation;

import dev.heed.policy.EscalationLevel;
import dev.heed.policy.StaffedHours;
import dev.heed.policy.Weekday;

/** The hours in which a level is staffed, by plain arithmetic: a day has 24 hours everywhere, and no summer time. */
final class Hours {
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 24 * 60 * MINUTE_MS;
    private static final int WEEK_DAYS = 7;
    // The epoch began on a Thursday, three days after a Monday.
    private static final int EPOCH_DAY = 3;

    private Hours() {}

    /** Whether somebody is there. */
    static boolean staffed(EscalationLevel level, long nowMs) {
        return next(level, nowMs) == nowMs;
    }

    /** Whether an escalation that comes to the level now is passed on to the next. */
    static boolean passedOn(EscalationLevel level, long nowMs) {
        return level.getSkipOffHours() && !staffed(level, nowMs);
    }

    /** The first moment from now on in which somebody is there; now, where the level has no hours. */
    static long next(EscalationLevel level, long nowMs) {
        if (level.getHours().isEmpty()) {
            return nowMs;
        }
        long next = Long.MAX_VALUE;
        for (StaffedHours hours : level.getHours()) {
            next = Math.min(next, next(hours, nowMs));
        }
        return next;
    }

    private static long next(StaffedHours hours, long nowMs) {
        long offsetMs = offsetMs(hours.getUtcOffset());
        long today = Math.floorDiv(nowMs + offsetMs, DAY_MS);
        // A week from today is the last day on which the hours may be: today's may be over.
        for (long day = today; day <= today + WEEK_DAYS; day++) {
            long midnightMs = day * DAY_MS - offsetMs;
            if (hours.getDays().contains(weekday(day)) && nowMs < midnightMs + hours.getToMs()) {
                return Math.max(nowMs, midnightMs + hours.getFromMs());
            }
        }
        return Long.MAX_VALUE;
    }

    private static Weekday weekday(long day) {
        return Weekday.values()[1 + (int) Math.floorMod(day + EPOCH_DAY, (long) WEEK_DAYS)];
    }

    /** An offset such as +05:30, in milliseconds. */
    private static long offsetMs(String offset) {
        long minutes = 60L * Integer.parseInt(offset.substring(1, 3)) + Integer.parseInt(offset.substring(4, 6));
        return (offset.charAt(0) == '-' ? -minutes : minutes) * MINUTE_MS;
    }
}
