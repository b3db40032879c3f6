package dev.heed.runner.escalations;

import dev.heed.event.LabelMatcher;
import dev.heed.runner.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Silences as people write them. */
final class SilenceMatchers {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

    private SilenceMatchers() {}

    /**
     * Matchers written as {@code label=value,value}.
     *
     * @throws Failure if one is not
     */
    static List<LabelMatcher> parse(List<String> written) {
        List<LabelMatcher> matchers = new ArrayList<>();
        for (String each : written) {
            int equals = each.indexOf('=');
            if (equals < 1 || equals == each.length() - 1) {
                throw new Failure(each + ": no matcher (expected: LABEL=VALUE or LABEL=VALUE,VALUE, for example"
                        + " level=on-call or slice:topic=topic:chemistry)");
            }
            List<String> values = List.of(each.substring(equals + 1).split(",", -1));
            matchers.add(new LabelMatcher(each.substring(0, equals), values));
        }
        return matchers;
    }

    /**
     * A duration such as 90s, 15m, 2h or 1d.
     *
     * @throws Failure if it is none
     */
    static Duration duration(String written) {
        Matcher matcher = DURATION.matcher(written);
        if (!matcher.matches()) {
            throw new Failure(written + ": no duration (expected: one such as 90s, 15m, 2h or 1d)");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
