package dev.heed.items.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.policy.EscalationLevel;
import dev.heed.policy.StaffedHours;
import dev.heed.policy.Weekday;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoursTest {
    private static final long HOUR_MS = 3_600_000;
    private static final List<Weekday> WORKING_DAYS =
            List.of(Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI);

    @Test
    void theWorkingWeekOfOneOffice() {
        EscalationLevel level = level(new StaffedHours(WORKING_DAYS, 9 * HOUR_MS, 17 * HOUR_MS, "+01:00"));
        assertThat(next(level, "2024-03-04T07:59:59Z")).isEqualTo("2024-03-04T08:00:00Z"); // a Monday
        assertThat(next(level, "2024-03-04T08:00:00Z")).isEqualTo("2024-03-04T08:00:00Z");
        assertThat(next(level, "2024-03-04T15:59:59Z")).isEqualTo("2024-03-04T15:59:59Z");
        assertThat(next(level, "2024-03-04T16:00:00Z")).isEqualTo("2024-03-05T08:00:00Z");
        assertThat(next(level, "2024-03-08T16:00:00Z")).as("the weekend").isEqualTo("2024-03-11T08:00:00Z");
    }

    @Test
    void theDayIsThatOfTheOfficeNotOfUtc() {
        EscalationLevel level = level(new StaffedHours(List.of(Weekday.MON), 0L, 2 * HOUR_MS, "+10:30"));
        assertThat(next(level, "2024-03-03T12:00:00Z"))
                .as("still Sunday in UTC")
                .isEqualTo("2024-03-03T13:30:00Z");
        assertThat(next(level, "2024-03-03T15:30:00Z")).isEqualTo("2024-03-10T13:30:00Z");
    }

    @Test
    void oneDayAWeekComesRoundAfterAWeek() {
        EscalationLevel level = level(new StaffedHours(List.of(Weekday.MON), 9 * HOUR_MS, 10 * HOUR_MS, "-08:00"));
        assertThat(next(level, "2024-03-04T18:00:00Z")).isEqualTo("2024-03-11T17:00:00Z");
    }

    @Test
    void severalHoursAddUpAndNoneMeansAlways() {
        EscalationLevel level = level(
                new StaffedHours(List.of(Weekday.MON), 9 * HOUR_MS, 12 * HOUR_MS, "+00:00"),
                new StaffedHours(List.of(Weekday.MON), 13 * HOUR_MS, 17 * HOUR_MS, "+00:00"));
        assertThat(next(level, "2024-03-04T12:00:00Z")).isEqualTo("2024-03-04T13:00:00Z");
        assertThat(next(level(), "2024-03-03T03:00:00Z")).isEqualTo("2024-03-03T03:00:00Z");
    }

    private static String next(EscalationLevel level, String now) {
        return Instant.ofEpochMilli(Hours.next(level, Instant.parse(now).toEpochMilli()))
                .toString();
    }

    static EscalationLevel level(StaffedHours... hours) {
        return EscalationLevel.newBuilder()
                .setName("office")
                .setRiskThresholdMicros(1)
                .setAckTimeoutMs(0)
                .setHours(List.of(hours))
                .build();
    }
}
