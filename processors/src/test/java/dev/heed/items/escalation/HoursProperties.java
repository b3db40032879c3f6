package dev.heed.items.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.policy.EscalationLevel;
import dev.heed.policy.StaffedHours;
import dev.heed.policy.Weekday;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class HoursProperties {
    private static final long HOUR_MS = 3_600_000;

    /** The calendar of the Java library as the oracle, which decisions may not use. */
    @Property(tries = 300)
    void staffedIsWhatTheCalendarSays(
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long nowMs,
            @ForAll @IntRange(min = -12 * 60, max = 14 * 60 - 1) int offsetMinutes,
            @ForAll @IntRange(min = 1, max = 127) int days,
            @ForAll @IntRange(min = 0, max = 22) int from,
            @ForAll @IntRange(min = 1, max = 2) int hours) {
        List<Weekday> chosen = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            if ((days >> day & 1) == 1) {
                chosen.add(Weekday.values()[day + 1]);
            }
        }
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        String written = offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.toString();
        EscalationLevel level =
                HoursTest.level(new StaffedHours(chosen, from * HOUR_MS, (from + hours) * HOUR_MS, written));
        OffsetDateTime local = Instant.ofEpochMilli(nowMs).atOffset(offset);
        boolean expected = chosen.contains(Weekday.values()[local.getDayOfWeek().getValue()])
                && local.getHour() >= from
                && local.getHour() < from + hours;
        assertThat(Hours.staffed(level, nowMs)).isEqualTo(expected);
        long next = Hours.next(level, nowMs);
        assertThat(Hours.staffed(level, next)).isTrue();
        assertThat(next).isGreaterThanOrEqualTo(nowMs);
        if (next > nowMs) {
            assertThat(Hours.staffed(level, next - 1)).as("it is the first").isFalse();
        }
    }
}
