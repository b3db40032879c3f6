package dev.heed.intake.shape;

import dev.heed.policy.EscalationLevel;
import dev.heed.policy.EscalationRules;
import dev.heed.policy.InhibitRule;
import dev.heed.policy.StaffedHours;
import java.util.List;
import java.util.regex.Pattern;

/** The shape of a policy's escalation levels and rules. */
final class EscalationShape {
    private static final int MAX_REPEATS = 1_000;
    private static final int MAX_HOURS = 50;
    private static final int MAX_RULES = 50;
    private static final long DAY_MS = 86_400_000;
    private static final int WEEK_DAYS = 7;
    private static final Pattern UTC_OFFSET = Pattern.compile("[+-](0\\d|1[0-4]):[0-5]\\d");

    private final Problems problems;
    private final LabelShape labels;

    EscalationShape(Problems problems) {
        this.problems = problems;
        this.labels = new LabelShape(problems);
    }

    void check(List<EscalationLevel> levels, EscalationRules rules) {
        problems.distinctIds(
                "escalation_levels.name",
                levels.stream().map(EscalationLevel::getName).toList(),
                0,
                Limits.POLICY_ENTRIES);
        long least = 1;
        boolean criticalBefore = false;
        for (int i = 0; i < levels.size(); i++) {
            String path = "escalation_levels[" + i + "].";
            EscalationLevel level = levels.get(i);
            long threshold = level.getRiskThresholdMicros();
            problems.check(
                    threshold >= least,
                    problems.micros(path + "risk_threshold"),
                    problems.micros(threshold),
                    i == 0 ? "> 0" : "> " + problems.micros(least - 1) + ", the level before");
            least = Math.max(least, threshold + 1);
            times(path, level);
            hours(path, level, i == levels.size() - 1);
            problems.check(
                    level.getCritical() || !criticalBefore,
                    path + "critical",
                    level.getCritical(),
                    "true, as the level before is critical");
            criticalBefore = level.getCritical();
        }
        rules("escalation.", rules);
    }

    private void times(String path, EscalationLevel level) {
        problems.duration(path + "ack_timeout", level.getAckTimeoutMs(), 0);
        problems.duration(path + "ack_hold", level.getAckHoldMs(), 0);
        problems.duration(path + "repeat_interval", level.getRepeatIntervalMs(), 0);
        problems.between(path + "repeat_limit", level.getRepeatLimit(), 1, MAX_REPEATS);
        if (level.getCritical()) {
            problems.check(
                    level.getResolveBelowMicros() == 0,
                    problems.micros(path + "resolve_below"),
                    problems.micros(level.getResolveBelowMicros()),
                    "0, as a person closes what is critical");
        } else {
            problems.micros(path + "resolve_below", level.getResolveBelowMicros(), 0, level.getRiskThresholdMicros());
        }
    }

    private void hours(String path, EscalationLevel level, boolean last) {
        problems.count(path + "hours", level.getHours().size(), 0, MAX_HOURS);
        for (int i = 0; i < level.getHours().size(); i++) {
            String at = path + "hours[" + i + "].";
            StaffedHours hours = level.getHours().get(i);
            problems.count(at + "days", hours.getDays().size(), 1, WEEK_DAYS);
            for (int day = 0; day < hours.getDays().size(); day++) {
                problems.known(at + "days[" + day + "]", hours.getDays().get(day));
            }
            problems.duration(at + "from", hours.getFromMs(), 0);
            boolean inADay = hours.getToMs() > hours.getFromMs() && hours.getToMs() <= DAY_MS;
            problems.check(inADay, at + "to", problems.duration(hours.getToMs()), "after from, at most 24 hours");
            problems.check(
                    UTC_OFFSET.matcher(hours.getUtcOffset()).matches(),
                    at + "utc_offset",
                    hours.getUtcOffset(),
                    "+HH:MM or -HH:MM, at most 14 hours");
        }
        if (level.getSkipOffHours() && last) {
            problems.add(path + "skip_off_hours", "true", "false, as there is no next level");
        } else if (level.getCritical() && !level.getHours().isEmpty()) {
            problems.check(
                    level.getSkipOffHours(),
                    path + "skip_off_hours",
                    "false",
                    "true, as what is critical does not wait");
        }
    }

    private void rules(String path, EscalationRules rules) {
        labels.labels(path + "group_by", rules.getGroupBy());
        problems.duration(path + "group_wait", rules.getGroupWaitMs(), 0);
        problems.duration(path + "group_interval", rules.getGroupIntervalMs(), 0);
        problems.duration(path + "max_silence", rules.getMaxSilenceMs(), 1);
        List<InhibitRule> inhibit = rules.getInhibit();
        problems.distinctIds(
                path + "inhibit.name",
                inhibit.stream().map(InhibitRule::getName).toList(),
                0,
                MAX_RULES);
        for (int i = 0; i < inhibit.size(); i++) {
            String at = path + "inhibit[" + i + "].";
            labels.matchers(at + "source", inhibit.get(i).getSource());
            labels.matchers(at + "target", inhibit.get(i).getTarget());
            labels.labels(at + "equal", inhibit.get(i).getEqual());
        }
    }
}
